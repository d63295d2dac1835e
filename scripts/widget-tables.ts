/** Generates the tables of docs/widget.md from the types and their comments in widget/embed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as markdown from 'prettier/plugins/markdown';
// Not 'prettier' itself: it loads its parts with import(), which Jest does not support.
import { format } from 'prettier/standalone';
import ts from 'typescript';
import { LANGUAGES } from '../widget/text/languages';

const ROOT = join(__dirname, '..');
export const WIDGET_MANUAL = join(ROOT, 'docs', 'widget.md');

interface Member {
  /** Of the line comment above this member, which begins a table of its own. */
  heading: string | undefined;
  name: string;
  /** As in the source. */
  type: string;
  meaning: string;
}

/** The columns of a table. */
interface Table {
  file: string;
  type: string;
  head: readonly string[];
  row(member: Member): readonly string[];
}

const TABLES: Record<string, Table> = {
  settings: {
    file: 'settings.ts',
    type: 'ChatSettings',
    head: ['property', 'attribute', 'values', 'what it sets'],
    row: ({ name, type, meaning }) => [code(name), code(toAttribute(name)), code(type), meaning],
  },
  methods: {
    file: 'flex-chat.ts',
    type: 'FlexChat',
    head: ['call', 'what it does'],
    row: ({ name, type, meaning }) => [code(`FlexChat.${name}${type}`), meaning],
  },
  events: {
    file: 'flex-chat.ts',
    type: 'ChatEvents',
    head: ['event', 'detail', 'when'],
    row: ({ name, type, meaning }) => [code(name), type === 'undefined' ? '' : code(type), meaning],
  },
};

/** The whole page, with each table in its place: between `<!-- name -->` and `<!-- /name -->`. */
export async function generateManual(): Promise<string> {
  let page = readFileSync(WIDGET_MANUAL, 'utf8');
  for (const [name, table] of Object.entries(TABLES)) {
    const place = new RegExp(`(<!-- ${name} -->)[^]*(<!-- /${name} -->)`);
    if (!place.test(page)) throw new Error(`docs/widget.md has no place for the ${name}`);
    page = page.replace(
      place,
      (_, before: string, after: string) => `${before}\n\n${draw(table)}\n\n${after}`,
    );
  }
  const style = JSON.parse(readFileSync(join(ROOT, '.prettierrc.json'), 'utf8')) as object;
  return format(page, { ...style, parser: 'markdown', plugins: [markdown] });
}

function draw({ file, type, head, row }: Table): string {
  const start = [head, head.map(() => '---')].map(line).join('\n');
  const members = membersOf(file, type);
  const rows = members.map((member) => {
    if (member.heading) return `\n### ${member.heading}\n\n${start}\n${line(row(member))}`;
    return line(row(member));
  });
  return (members[0]!.heading ? rows : [start, ...rows]).join('\n');
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function membersOf(file: string, type: string): Member[] {
  const path = join(ROOT, 'widget', 'embed', file);
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const declaration = source.statements.find(
    (one): one is ts.InterfaceDeclaration => ts.isInterfaceDeclaration(one) && one.name.text === type,
  );
  return declaration!.members.map((member) => ({
    heading: /^\s*\/\/ (.*)$/m.exec(member.getFullText())?.[1],
    name: member.name!.getText(),
    type: typeOf(member),
    meaning: meaningOf(member, type),
  }));
}

/** The values of a property, the parameters of a method. */
function typeOf(member: ts.TypeElement): string {
  if (ts.isMethodSignature(member)) {
    return `(${member.parameters.map(({ dotDotDotToken, name }) => `${dotDotDotToken ? '...' : ''}${name.getText()}`).join(', ')})`;
  }
  return (member as ts.PropertySignature).type!.getText().replace(/\s+/g, ' ').replace(/;? }/g, ' }');
}

function meaningOf(member: ts.TypeElement, type: string): string {
  const comments = ts.getJSDocCommentsAndTags(member);
  const text = comments.map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? '').join(' ');
  if (text === '') throw new Error(`${type}.${member.name!.getText()} has no comment`);
  return text.replace(/\s+/g, ' ').replace('{languages}', Object.keys(LANGUAGES).map(code).join(', '));
}

function toAttribute(name: string): string {
  return `data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}
