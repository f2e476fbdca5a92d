// Reads standard input with a reader of somebody else's and prints what it read as JSON.
// Usage: node read.mjs READER. A reader that refuses its input ends with exit code 1.
import { readFileSync } from 'node:fs';

const readers = {
  // What clients of the Model Context Protocol make of a server, given as { url, command, args }: the
  // protocol's own checks at its address, and an inspector's calls there and over standard streams.
  async assistant(text) {
    const { mkdtempSync, rmSync, writeFileSync } = await import('node:fs');
    const { execFile } = await import('node:child_process');
    const { join } = await import('node:path');
    const { tmpdir } = await import('node:os');
    const { url, command, args } = JSON.parse(text);
    const home = mkdtempSync(join(tmpdir(), 'assistant'));
    const run = (name, ...words) =>
      new Promise((resolve) => {
        const options = { env: { ...process.env, HOME: home, NO_COLOR: '1', FORCE_COLOR: '0' }, timeout: 50_000 };
        execFile(process.execPath, [join('node_modules', '.bin', name), ...words], options,
          (error, stdout, stderr) => resolve({ code: error ? error.code ?? 1 : 0, stdout, stderr }));
      });
    try {
      const config = join(home, 'servers.json');
      writeFileSync(config, JSON.stringify({
        mcpServers: { http: { type: 'streamable-http', url }, stdio: { type: 'stdio', command, args } },
      }));
      const inspect = async (server, ...words) => {
        const { code, stdout, stderr } =
          await run('mcp-inspector', '--cli', '--config', config, '--server', server, ...words);
        if (code) {
          throw new Error(`${server} ${words.join(' ')}: ${stderr}${stdout}`);
        }
        return JSON.parse(stdout);
      };
      const scenarios = ['server-initialize', 'ping', 'tools-list', 'dns-rebinding-protection'];
      const [checked, ...inspected] = await Promise.all([
        Promise.all(scenarios.map(async (scenario) => {
          const { stdout } = await run('conformance', 'server', '--url', url, '--scenario', scenario);
          return [scenario, stdout.match(/Passed: .*/)?.[0] ?? stdout];
        })),
        ...['http', 'stdio'].flatMap((server) => [
          inspect(server, '--method', 'tools/list'),
          inspect(server, '--method', 'tools/call', '--tool-name', 'search', '--tool-arg', 'query=mooring'),
        ]),
      ]);
      const [httpTools, httpFound, stdioTools, stdioFound] = inspected;
      return {
        conformance: Object.fromEntries(checked),
        http: { tools: httpTools.tools, found: httpFound },
        stdio: { tools: stdioTools.tools, found: stdioFound },
      };
    } finally {
      rmSync(home, { recursive: true });
    }
  },
  async opml(text) {
    const { parseOpml } = await import('feedsmith');
    return parseOpml(text);
  },
  // What client.ts gets from the server at an address, built on a client generated from its description.
  async client(address) {
    const { copyFileSync, mkdtempSync, rmSync, writeFileSync } = await import('node:fs');
    const { join, resolve } = await import('node:path');
    const { default: generate, astToString } = await import('openapi-typescript');
    const { default: ts } = await import('typescript');
    const folder = mkdtempSync(resolve('node_modules', 'client-'));
    try {
      const description = await (await fetch(`${address}/openapi.json`)).json();
      writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
      writeFileSync(join(folder, 'api.d.ts'), astToString(await generate(description)));
      copyFileSync('client.ts', join(folder, 'client.ts'));
      const program = ts.createProgram([join(folder, 'client.ts')], {
        strict: true,
        noUncheckedIndexedAccess: true,
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ES2022,
        moduleResolution: ts.ModuleResolutionKind.Bundler,
        types: [],
      });
      const wrong = ts.getPreEmitDiagnostics(program);
      if (wrong.length) {
        throw new Error(ts.formatDiagnostics(wrong, {
          getCanonicalFileName: (name) => name,
          getCurrentDirectory: () => folder,
          getNewLine: () => '\n',
        }));
      }
      program.emit();
      const { ask } = await import(join(folder, 'client.js'));
      return await ask(address);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  async csv(text) {
    const { parse } = await import('csv-parse/sync');
    return parse(text, { columns: true });
  },
  // What both readers of feeds agree on: feedsmith reads all three forms, feedparser the XML ones.
  async feed(text) {
    const { parseFeed } = await import('feedsmith');
    const { format, feed } = parseFeed(text);
    let items;
    if (format !== 'json') {
      const { default: FeedParser } = await import('feedparser');
      const { Readable } = await import('node:stream');
      items = await new Promise((resolve, reject) => {
        const read = [];
        Readable.from([text])
          .pipe(new FeedParser())
          .on('error', reject)
          .on('data', ({ guid, title, link, enclosures }) =>
            read.push({ guid, title, link, enclosures }))
          .on('end', () => resolve(read));
      });
    }
    return { format, feed, items };
  },
  // A linter's recommended rules for descriptions of an API.
  async openapi(text) {
    const { mkdtempSync, rmSync, writeFileSync } = await import('node:fs');
    const { spawnSync } = await import('node:child_process');
    const { join } = await import('node:path');
    const { tmpdir } = await import('node:os');
    const folder = mkdtempSync(join(tmpdir(), 'openapi'));
    try {
      const file = join(folder, 'openapi.json');
      writeFileSync(file, text);
      const linter = join('node_modules', '@redocly', 'cli', 'bin', 'cli.js');
      const { stdout } = spawnSync(process.execPath, [linter, 'lint', file, '--format=json'], {
        encoding: 'utf8',
        env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
      });
      return JSON.parse(stdout.slice(stdout.indexOf('{')));
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  // Pages by their names: what the W3C's checker of HTML has against them. Advice is left out.
  async html(text) {
    const { mkdtempSync, rmSync, writeFileSync } = await import('node:fs');
    const { spawnSync } = await import('node:child_process');
    const { join } = await import('node:path');
    const { tmpdir } = await import('node:os');
    const folder = mkdtempSync(join(tmpdir(), 'html'));
    try {
      const names = new Map();
      for (const [name, page] of Object.entries(JSON.parse(text))) {
        const file = join(folder, `${names.size}.html`);
        names.set(`file:${file}`, name);
        writeFileSync(file, page);
      }
      const { default: jar } = await import('vnu-jar');
      const { stdout, stderr } = spawnSync(
        join(process.env.JAVA_HOME, 'bin', 'java'),
        ['-Xss1m', '-jar', jar, '--format', 'json', '--stdout', '--errors-only', folder],
        { encoding: 'utf8', maxBuffer: 1 << 26 });
      if (!stdout) {
        throw new Error(stderr);
      }
      const messages = JSON.parse(stdout).messages.map(({ url, message, extract, type }) =>
        ({ page: names.get(url) ?? url, type, message, extract }));
      return { checked: names.size, messages };
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  // Pages by their names: their structured data, and what keeps a search engine from showing it.
  async structured(text) {
    const { default: Extractor } = await import('@marbec/web-auto-extractor');
    const { default: Validator } = await import('@adobe/structured-data-validator');
    const read = {};
    for (const [name, page] of Object.entries(JSON.parse(text))) {
      const data = new Extractor({ addLocation: true }).parse(page);
      const issues = await new Validator().validate(data);
      read[name] = { data: data.jsonld, issues };
    }
    return read;
  },
  // The addresses a sitemap lists, through its parts.
  async sitemap(address) {
    const { default: Sitemapper } = await import('sitemapper');
    return new Sitemapper({ url: address, timeout: 30_000 }).fetch();
  },
  // Manifests of IIIF by their names: what a strict reader has against them.
  async iiif(text) {
    const { presentation3StrictUpgrade } = await import('@iiif/parser/strict');
    const read = {};
    for (const [name, manifest] of Object.entries(JSON.parse(text))) {
      const state = { warnings: [] };
      presentation3StrictUpgrade(manifest, state);
      read[name] = state.warnings;
    }
    return read;
  },
  // A page that shows a manifest in Ramp, the viewer of Avalon: its script and its style.
  async ramp(manifest) {
    const { build } = await import('esbuild');
    const { readFileSync: file } = await import('node:fs');
    const contents = `
      import React from 'react';
      import { createRoot } from 'react-dom/client';
      import { IIIFPlayer, MediaPlayer, StructuredNavigation, Transcript } from '@samvera/ramp';
      createRoot(document.getElementById('ramp')).render(
        <IIIFPlayer manifestUrl=${JSON.stringify(manifest)}>
          <MediaPlayer enableFileDownload={false} />
          <StructuredNavigation />
          <Transcript playerID="iiif-media-player" manifestUrl=${JSON.stringify(manifest)}
            search={{ isSearchable: true }} />
        </IIIFPlayer>);`;
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: process.cwd(), loader: 'jsx' },
      bundle: true,
      minify: true,
      write: false,
      define: { 'process.env.NODE_ENV': '"production"', global: 'window' },
      loader: { '.css': 'empty' },
      logLevel: 'error',
    });
    const style = ['video.js/dist/video-js.css', '@samvera/ramp/dist/ramp.css']
      .map((name) => file(`node_modules/${name}`, 'utf8'))
      .join('')
      // A font of its makers' choice is on another server.
      .replace(/@import\s*(url\([^)]*\)|"[^"]*"|'[^']*');?/g, '');
    return { script: outputFiles[0].text, style };
  },
  async vtt(text) {
    const { WebVTTParser } = (await import('webvtt-parser')).default ?? (await import('webvtt-parser'));
    const { cues, errors } = new WebVTTParser().parse(text, 'subtitles/captions/descriptions');
    if (errors.length) {
      throw new Error(JSON.stringify(errors));
    }
    const { default: webvtt } = await import('node-webvtt');
    const strict = webvtt.parse(text, { strict: true });
    if (strict.cues.length !== cues.length) {
      throw new Error(`node-webvtt reads ${strict.cues.length} cues, webvtt-parser ${cues.length}`);
    }
    return cues.map(({ id, startTime, endTime, text: body }) => ({ id, startTime, endTime, text: body }));
  },
  async srt(text) {
    const { default: validate } = await import('srt-validator');
    const errors = (validate.default ?? validate)(text);
    if (errors.length) {
      throw new Error(JSON.stringify(errors));
    }
    return { cues: text.trim() ? text.trim().split(/\n\n+/).length : 0 };
  },
  // The paragraphs of a TTML document, as a renderer of IMSC subtitles has them; warnings are errors.
  async ttml(text) {
    // The renderer beside it asks for a browser; the reader does not.
    const { default: imsc } = await import('imsc/src/main/js/doc.js');
    const refuse = (message) => {
      throw new Error(message);
    };
    const { body } = imsc.fromXML(text, { info: refuse, warn: refuse, error: refuse, fatal: refuse });
    const said = ({ kind, text: own, contents = [] }) =>
      kind === 'br' ? '\n' : own ?? contents.map(said).join('');
    return body.contents.flatMap((div) =>
      div.contents.map((p) => ({ begin: p.begin, end: p.end, text: said(p) })));
  },
  // What a linter says of a playlist by the rules that are about its form, not about taste.
  async m3u(text) {
    const { createRequire } = await import('node:module');
    const require = createRequire(import.meta.url);
    const rules = [
      'no-empty-lines', 'require-header', 'attribute-quotes', 'require-info', 'require-title',
      'no-trailing-spaces', 'no-whitespace-before-title',
    ];
    const lines = text.split('\n');
    const errors = rules.flatMap((rule) => require(`m3u-linter/src/rules/${rule}.js`)(lines));
    if (errors.length) {
      throw new Error(JSON.stringify(errors));
    }
    return lines.filter((line) => line && !line.startsWith('#'));
  },
  // What a reader of the metadata in pages finds: COinS, JSON-LD and the rest.
  async metadata(text) {
    const { createRequire } = await import('node:module');
    const require = createRequire(import.meta.url);
    const cheerio = createRequire(require.resolve('html-metadata'))('cheerio');
    const { parseCOinS } = require('html-metadata');
    return { coins: await parseCOinS(cheerio.load(text)) };
  },
  // BibTeX, RIS or CSL-JSON, as CSL-JSON.
  async citations(text) {
    const { Cite } = await import('@citation-js/core');
    await import('@citation-js/plugin-bibtex');
    await import('@citation-js/plugin-ris');
    await import('@citation-js/plugin-csl');
    return new Cite(text).data;
  },
};

const [name] = process.argv.slice(2);
if (!readers[name]) {
  throw new Error(`there is no reader ${name}; there are ${Object.keys(readers).join(', ')}`);
}
console.log(JSON.stringify(await readers[name](readFileSync(0, 'utf8'))));
