/** A file's name in little space: the middle is cut off, so that the extension stays visible. */
export function FileName({ name }: { name: string }) {
  const dot = name.lastIndexOf('.');
  const end = dot > 0 ? name.slice(dot) : '';
  return (
    <bdi title={name}>
      {/* As one text, because screen readers would pause between the two parts. */}
      <span class="visually-hidden">{name}</span>
      <span class="file-name" aria-hidden="true">
        <span class="file-stem">{name.slice(0, name.length - end.length)}</span>
        {end}
      </span>
    </bdi>
  );
}
