/** ESLint rule: applies docs/words.yml to comments, texts and test names. textlint applies the same file to the docs. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

const file = new URL('../../docs/words.yml', import.meta.url);
const WORDS = parse(readFileSync(file, 'utf8')).rules.map(({ pattern, expected }) => {
  const [, source, flags] = /^\/(.*)\/(\w*)$/.exec(pattern);
  return { pattern: new RegExp(source, flags), expected };
});

/** Keys and codes are single words; a text has several. */
const isText = (value) => typeof value === 'string' && value.includes(' ');

export const plainWords = {
  meta: { type: 'suggestion', schema: [], docs: { description: 'Plain technical English (docs/words.yml)' } },
  create({ report, sourceCode }) {
    const check = (node, text) => {
      for (const { pattern, expected } of WORDS) {
        const found = pattern.exec(text);
        if (found) report({ node, message: `"${found[0]}": write ${expected} (docs/words.yml)` });
      }
    };
    return {
      Program() {
        for (const comment of sourceCode.getAllComments()) check(comment, comment.value);
      },
      Literal(node) {
        if (isText(node.value)) check(node, node.value);
      },
      TemplateElement(node) {
        if (isText(node.value.raw)) check(node, node.value.raw);
      },
    };
  },
};
