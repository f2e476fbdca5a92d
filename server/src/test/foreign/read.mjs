// Reads standard input with a reader of somebody else's and prints what it read as JSON.
// Usage: node read.mjs READER. A reader that refuses its input ends with exit code 1.
import { readFileSync } from 'node:fs';

const readers = {
  async csv(text) {
    const { parse } = await import('csv-parse/sync');
    return parse(text, { columns: true });
  },
};

const [name] = process.argv.slice(2);
if (!readers[name]) {
  throw new Error(`there is no reader ${name}; there are ${Object.keys(readers).join(', ')}`);
}
console.log(JSON.stringify(await readers[name](readFileSync(0, 'utf8'))));
