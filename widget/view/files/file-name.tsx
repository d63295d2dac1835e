/** A file's name in little room: what is cut off is its middle, so that one sees what kind of file it is. */
export function FileName({ name }: { name: string }) {
  const dot = name.lastIndexOf('.');
  const end = dot > 0 ? name.slice(dot) : '';
  return (
    <bdi title={name}>
      {/* In one piece: screen readers would pause between the two. */}
      <span class="visually-hidden">{name}</span>
      <span class="file-name" aria-hidden="true">
        <span class="file-stem">{name.slice(0, name.length - end.length)}</span>
        {end}
      </span>
    </bdi>
  );
}
