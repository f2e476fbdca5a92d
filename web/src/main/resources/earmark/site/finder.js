// Searches the files of a published site; the server's class BrowserIndex says what is in them. All
// words of the site are numbered in a row, so a phrase is words with numbers in a row, whatever
// captions and speakers they stand in.

import { wordsOf } from './words.js';

/** How far apart, in words, what comes together may be. */
const TOGETHER = 60;
const MOST_WAYS = 8;
const UNPLACED = 0;
const ESTIMATED = 2;
const MOST_WORDS = 12;

/** What a search can be narrowed by. */
export const FILTERS = ['speaker', 'show', 'topic', 'kind', 'episode'];

/** Reads integers of variable length. */
class Numbers {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  next() {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.bytes[this.at++];
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) {
        return value;
      }
      scale *= 0x80;
    }
  }

  signed() {
    const folded = this.next();
    return folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
  }

  take(length) {
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  text() {
    return new TextDecoder().decode(this.take(this.next()));
  }
}

/** The index of the last value that is not greater than a number; -1 if there is none. */
function lastUpTo(values, number) {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle] > number) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low - 1;
}

/** A part of the words: for each what is known of it. */
function readWords(bytes) {
  const numbers = new Numbers(bytes);
  const words = new Map();
  while (numbers.at < bytes.length) {
    const word = numbers.text();
    const grammar = numbers.next();
    const forms = Array.from({ length: numbers.next() }, () => numbers.text());
    const cuts = Array.from({ length: numbers.next() }, () => numbers.next());
    const count = numbers.next();
    words.set(word, { word, grammar, forms, cuts, count, bytes: numbers.take(numbers.next()), positions: null });
  }
  return words;
}

function positionsOf(entry) {
  if (!entry.positions) {
    const numbers = new Numbers(entry.bytes);
    let at = 0;
    entry.positions = Uint32Array.from({ length: entry.count }, () => (at += numbers.next()));
  }
  return entry.positions;
}

function readMoments(bytes, site) {
  const count = site.episodes.reduce((sum, episode) => sum + episode.moments, 0);
  const moments = {
    first: new Uint32Array(count),
    words: new Uint32Array(count),
    ordinal: new Uint32Array(count),
    speaker: new Int32Array(count),
    kind: new Uint8Array(count),
    placed: new Uint8Array(count),
    start: new Float64Array(count),
    topics: new Map(),
  };
  const numbers = new Numbers(bytes);
  let position = 0;
  for (const episode of site.episodes) {
    let start = 0;
    for (let i = episode.first; i < episode.first + episode.moments; i++) {
      moments.ordinal[i] = numbers.next();
      position += numbers.next();
      moments.first[i] = position;
      moments.words[i] = numbers.next();
      position += moments.words[i];
      moments.speaker[i] = numbers.next() - 1;
      moments.kind[i] = numbers.next();
      moments.placed[i] = numbers.next();
      start += moments.placed[i] === UNPLACED ? 0 : numbers.signed();
      moments.start[i] = start;
      const topics = Array.from({ length: numbers.next() }, () => numbers.next());
      if (topics.length > 0) {
        moments.topics.set(i, topics);
      }
    }
  }
  return moments;
}

function bytesOf(base64) {
  return Uint8Array.from(atob(base64), c => c.charCodeAt(0));
}

/** When a word of a moment starts, by the times that came with it, as the server's TimeMap has it. */
function timeOfWord(times, word) {
  const numbers = new Numbers(bytesOf(times));
  let before = 0;
  let first = 0;
  for (let pieces = numbers.next(); pieces > 0; pieces--) {
    const count = numbers.next();
    const start = before + numbers.signed();
    const length = numbers.next();
    if (word < first + count) {
      return start + Math.floor((length * (word - first)) / count);
    }
    first += count;
    before = start + length;
  }
  return null;
}

/**
 * Reads a query: what is asked for, what it is narrowed by, and what was not understood.
 *
 * @param simplified characters of Chinese by those they are found as
 */
export function readQuery(text, simplified = {}) {
  const units = [];
  const filters = {};
  const complaints = [];
  const plain = text.replace(/[\u201c\u201d\u201e\u00ab\u00bb\u2033]/g, '"');
  const token = /([-+])?(?:([a-z]+):)?(?:"([^"]*)"?(~\d+)?|([^\s"]+))/giu;
  for (const [whole, sign, field, quoted, slop, bare] of plain.matchAll(token)) {
    const value = quoted ?? bare;
    const name = field?.toLowerCase();
    if (name !== undefined && FILTERS.includes(name) && sign !== '-') {
      (filters[name] ??= []).push(value);
      continue;
    }
    if (bare === 'OR' || bare === 'AND' || /^[()]+$/.test(bare ?? '')) {
      complaints.push('“' + whole + '” is not understood here: all that is asked for must come together.');
      continue;
    }
    if (name !== undefined || slop !== undefined) {
      complaints.push('“' + whole + '” is searched as words here.');
    }
    const prefix = quoted === undefined && /\*$/.test(bare);
    const words = wordsOf((name !== undefined && !FILTERS.includes(name) ? name + ' ' : '') + value).map(word => simplified[word] ?? word);
    if (words.length > 0) {
      units.push({ words, quoted: quoted !== undefined, prefix, not: sign === '-' });
    }
  }
  return { units, filters, complaints };
}

export class Finder {
  static #opened = new Map();

  /** The search of the site that lies at an address; loaded once. */
  static open(base) {
    if (!Finder.#opened.has(base)) {
      Finder.#opened.set(base, new Finder(base).#load());
    }
    return Finder.#opened.get(base);
  }

  #loaded = new Map();
  #folded = new Map();

  constructor(base) {
    this.base = base;
  }

  async #load() {
    const [site, moments] = await Promise.all([this.#fetch('site.json', 'json'), this.#fetch('moments.bin', 'bytes')]);
    this.site = site;
    this.moments = readMoments(moments, site);
    this.firstMoments = site.episodes.map(episode => episode.first);
    return this;
  }

  #fetch(name, kind) {
    if (!this.#loaded.has(name)) {
      const read = async () => {
        const response = await fetch(new URL(this.base + 'index/' + name, document.baseURI));
        if (!response.ok) {
          throw new Error('index/' + name + ' could not be loaded: ' + response.status);
        }
        return kind === 'json' ? response.json() : new Uint8Array(await response.arrayBuffer());
      };
      const loading = read();
      // What failed is asked for again the next time.
      loading.catch(() => this.#loaded.delete(name));
      this.#loaded.set(name, loading);
    }
    return this.#loaded.get(name);
  }

  async #part(number) {
    const name = 'words-' + number + '.bin';
    const key = 'read ' + name;
    if (!this.#loaded.has(key)) {
      this.#loaded.set(key, readWords(await this.#fetch(name, 'bytes')));
    }
    return this.#loaded.get(key);
  }

  /** What is known of a word; undefined if it is not said. */
  async #entry(word) {
    const part = lastUpTo(this.site.parts, word);
    return part < 0 ? undefined : (await this.#part(part)).get(word);
  }

  /** All words that begin so. */
  async #beginning(prefix) {
    const from = Math.max(0, lastUpTo(this.site.parts, prefix));
    const to = lastUpTo(this.site.parts, prefix + '\uffff');
    const parts = await Promise.all(Array.from({ length: to - from + 1 }, (_, i) => this.#part(from + i)));
    return parts.flatMap(part => [...part.values()].filter(entry => entry.word.startsWith(prefix)));
  }

  // The same words written otherwise, as the server's class Spellings has it, but for numbers.

  /** Whether one of two words is one of grammar in the language that most of them are. */
  async #hasGrammar(pair) {
    const entries = await Promise.all(pair.map(word => this.#entry(word)));
    let best = [];
    for (let bit = 1; bit < 0x10000; bit *= 2) {
      const words = pair.filter((_, i) => ((entries[i]?.grammar ?? 0) & bit) !== 0);
      best = words.length > best.length ? words : best;
    }
    return pair.includes('every') || best.some(word => word.length > 1 || 'aioy'.includes(word));
  }

  async #ways(words) {
    const ways = [words];
    const put = (way, from, length, by) => {
      const at = way.findIndex((_, i) => words.slice(from, from + length).every((word, j) => way[i + j] === word));
      const other = [...way.slice(0, at), ...by, ...way.slice(at + length)];
      if (at >= 0 && ways.length < MOST_WAYS && !ways.some(one => one.join(' ') === other.join(' '))) {
        ways.push(other);
      }
    };
    for (let i = 0; i < Math.min(words.length, MOST_WORDS) && ways.length < MOST_WAYS; i++) {
      const joined = i + 1 < words.length ? words[i] + words[i + 1] : '';
      const isJoined = /^\p{L}+$/u.test(joined) && (await this.#entry(joined))
        && !(await this.#hasGrammar([words[i], words[i + 1]]));
      const entry = await this.#entry(words[i]);
      const pairs = [];
      for (const cut of entry?.cuts ?? []) {
        const pair = [words[i].slice(0, cut), words[i].slice(cut)];
        if (!(await this.#hasGrammar(pair))) {
          pairs.push(pair);
        }
      }
      for (const way of [...ways]) {
        if (isJoined) {
          put(way, i, 2, [joined]);
        }
        pairs.forEach(pair => put(way, i, 1, pair));
      }
    }
    return ways;
  }

  /** Where words stand in a row, in order. */
  async #row(words) {
    const entries = await Promise.all(words.map(word => this.#entry(word)));
    if (entries.some(entry => entry === undefined)) {
      return [];
    }
    const rarest = entries.reduce((best, entry, i) => (entry.count < entries[best].count ? i : best), 0);
    let starts = [...positionsOf(entries[rarest])].map(position => position - rarest);
    entries.forEach((entry, i) => {
      if (i !== rarest) {
        const positions = positionsOf(entry);
        let at = 0;
        starts = starts.filter(start => {
          while (at < positions.length && positions[at] < start + i) {
            at++;
          }
          return positions[at] === start + i;
        });
      }
    });
    return starts.map(at => ({ at, length: words.length, exact: true }));
  }

  /** Where a word, its other forms or a phrase is said. */
  async #places(unit) {
    const ways = await this.#ways(unit.words);
    const places = (await Promise.all(ways.map(way => this.#row(way)))).flat();
    if (!unit.quoted && unit.words.length === 1) {
      const entry = await this.#entry(unit.words[0]);
      const others = unit.prefix
        ? await this.#beginning(unit.words[0])
        : (await Promise.all((entry?.forms ?? []).map(form => this.#entry(form)))).filter(Boolean);
      for (const other of others) {
        positionsOf(other).forEach(at => places.push({ at, length: 1, exact: unit.prefix }));
      }
    }
    places.sort((a, b) => a.at - b.at || b.length - a.length);
    return places.filter((place, i) => i === 0 || place.at !== places[i - 1].at);
  }

  momentAt(position) {
    let moment = lastUpTo(this.moments.first, position);
    while (this.moments.words[moment] === 0) {
      moment--;
    }
    return moment;
  }

  episodeOf(moment) {
    return this.site.episodes[lastUpTo(this.firstMoments, moment)];
  }

  /** What a moment has of what can be chosen. */
  valuesOf(moment, filter) {
    switch (filter) {
      case 'speaker':
        return this.moments.speaker[moment] < 0 ? [] : [this.site.speakers[this.moments.speaker[moment]]];
      case 'kind':
        return [this.site.kinds[this.moments.kind[moment]]];
      case 'topic':
        return (this.moments.topics.get(moment) ?? []).map(topic => this.site.topics[topic]);
      case 'episode':
        return [this.episodeOf(moment).id];
      default:
        return [this.episodeOf(moment).show].filter(show => show !== undefined);
    }
  }

  /** Whether a moment has one of the values chosen of each of some filters. */
  #passes(moment, filters, but) {
    return Object.entries(filters).every(([filter, values]) =>
      filter === but || values.length === 0 || this.valuesOf(moment, filter).some(value => values.some(wanted => this.#isSame(value, wanted))));
  }

  /** Whether a value is meant by a name: case and accents do not matter, and people have several names. */
  #isSame(value, name) {
    const folded = this.#foldedName(name);
    return name === value || [value, ...(this.site.spellings[value] ?? [])].some(one => this.#foldedName(one) === folded);
  }

  #foldedName(name) {
    if (!this.#folded.has(name)) {
      this.#folded.set(name, wordsOf(name).join(' ') || name.trim().toLowerCase());
    }
    return this.#folded.get(name);
  }

  /**
   * Searches.
   *
   * @param chosen for the names of some filters the values chosen
   * @return the moments that are found, the best first, each with its places; for each filter how
   *     many there are by value, whatever is chosen of it itself; and what was not understood
   */
  async find(query, chosen = {}) {
    const { units, filters, complaints } = readQuery(query, this.site.simplified);
    for (const [filter, values] of Object.entries(chosen)) {
      filters[filter] = [...(filters[filter] ?? []), ...values];
    }
    const asked = await this.#asked(units.filter(unit => !unit.not));
    const found = new Map();
    if (asked.length === 0) {
      this.moments.first.forEach((_, moment) => found.set(moment, { moment, places: [], width: 0, exact: true }));
    } else {
      for (const { place, width } of this.#together(asked)) {
        const moment = this.momentAt(place.at);
        const hit = found.get(moment) ?? { moment, places: [], width, exact: false };
        hit.places.push(place);
        hit.width = Math.min(hit.width, width);
        hit.exact ||= place.exact;
        found.set(moment, hit);
      }
    }
    for (const unit of units.filter(one => one.not)) {
      for (const place of await this.#places(unit)) {
        found.delete(this.momentAt(place.at));
      }
    }
    const all = [...found.values()];
    const facets = {};
    for (const filter of ['speaker', 'show', 'topic', 'kind']) {
      const counts = new Map();
      for (const hit of all) {
        if (this.#passes(hit.moment, filters, filter)) {
          this.valuesOf(hit.moment, filter).forEach(value => counts.set(value, (counts.get(value) ?? 0) + 1));
        }
      }
      facets[filter] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    }
    const hits = all.filter(hit => this.#passes(hit.moment, filters));
    hits.sort((a, b) => b.exact - a.exact || a.width - b.width || a.moment - b.moment);
    return { hits, facets, filters, complaints, asks: asked.length > 0 };
  }

  /** Where each of what is asked for is said; words of grammar count only in phrases and alone. */
  async #asked(units) {
    const entries = await Promise.all(units.map(unit => this.#entry(unit.words[0])));
    const isGrammar = units.map((unit, i) => !unit.quoted && unit.words.length === 1 && (entries[i]?.grammar ?? 0) !== 0);
    const counted = units.filter((_, i) => !isGrammar[i]);
    return Promise.all((counted.length > 0 ? counted : units).map(unit => this.#places(unit)));
  }

  /** Each place of what is asked for in the narrowest stretch that has one of each, if there is any. */
  *#together(asked) {
    if (asked.length === 1) {
      for (const place of asked[0]) {
        yield { place, width: 0 };
      }
      return;
    }
    const all = asked.flatMap((places, unit) => places.map(place => ({ place, unit })));
    all.sort((a, b) => a.place.at - b.place.at);
    const last = new Array(asked.length).fill(null);
    let given = -1;
    for (const { place, unit } of all) {
      last[unit] = place;
      if (last.every(one => one !== null)) {
        const first = last.reduce((a, b) => (b.at < a.at ? b : a));
        const width = place.at - first.at;
        if (width <= TOGETHER && first.at !== given) {
          given = first.at;
          const exact = last.every(one => one.exact);
          yield { place: { at: first.at, length: width + place.length, exact, parts: [...last] }, width };
        }
      }
    }
  }

  /** Whether the second of a moment was worked out. */
  isEstimated(moment) {
    return this.moments.placed[moment] === ESTIMATED;
  }

  /** The text of a moment, where its words stand in it, and their times. */
  async text(moment) {
    const chunk = await this.#fetch('text-' + Math.floor(moment / this.site.chunk) + '.json', 'json');
    const at = moment % this.site.chunk;
    const numbers = new Numbers(bytesOf(chunk.words[at]));
    const words = [];
    let end = 0;
    for (let i = 0; i < this.moments.words[moment]; i++) {
      const from = end + numbers.next();
      end = from + numbers.next();
      words.push([from, end]);
    }
    return { text: chunk.text[at], words, times: chunk.times[at] };
  }

  /** When a place is heard, in milliseconds; null if that is not known. */
  async timeOf(moment, place) {
    if (this.moments.placed[moment] === UNPLACED) {
      return null;
    }
    const { times } = await this.text(moment);
    const time = times === '' || !place ? null : timeOfWord(times, place.at - this.moments.first[moment]);
    return time ?? this.moments.start[moment];
  }

  /** The words of a place as they are written, over all moments they touch. */
  async #said(moment, place) {
    let said = '';
    for (let at = place.at, next = moment; at < place.at + place.length && next < this.moments.first.length; next++) {
      const { text, words } = await this.text(next);
      const from = at - this.moments.first[next];
      const to = Math.min(words.length, from + place.at + place.length - at);
      if (from < 0) {
        break;
      }
      if (to > from) {
        said += (said === '' ? '' : ' ') + text.slice(words[from][0], words[to - 1][1]);
        at += to - from;
      }
    }
    return said;
  }

  /** Every place of what was found, in the order of the recording, as the page of an episode has it. */
  async matches(found) {
    const all = [];
    for (const hit of [...found.hits].sort((a, b) => a.moment - b.moment)) {
      for (const place of hit.places.flatMap(one => one.parts ?? [one])) {
        const moment = this.momentAt(place.at);
        all.push({
          atMs: await this.timeOf(moment, place),
          moment: this.episodeOf(moment).id + ':' + this.moments.ordinal[moment],
          text: await this.#said(moment, place),
          at: place.at,
        });
      }
    }
    const once = new Map(all.map(match => [match.at, match]));
    return [...once.values()];
  }

  /**
   * What is shown of a hit: its text, on into the next moment where a place does, in runs that are
   * marked or not.
   */
  async shown(hit) {
    const marked = new Set();
    let last = 0;
    for (const place of hit.places.flatMap(one => one.parts ?? [one])) {
      for (let at = place.at; at < place.at + place.length; at++) {
        marked.add(at);
        last = Math.max(last, at);
      }
    }
    const runs = [];
    for (let moment = hit.moment; moment < this.moments.first.length; moment++) {
      const first = this.moments.first[moment];
      const { text, words } = await this.text(moment);
      const goesOn = moment > hit.moment;
      if (goesOn && (first > last || this.episodeOf(moment) !== this.episodeOf(hit.moment))) {
        break;
      }
      // Of what follows only the line of the place is shown.
      const shownTo = goesOn ? Math.min(words.length, last - first + 9) : words.length;
      let at = 0;
      if (goesOn) {
        runs.push({ text: ' ', marked: false });
      }
      for (let i = 0; i < shownTo; i++) {
        if (marked.has(first + i)) {
          const before = i > 0 && marked.has(first + i - 1);
          runs.push({ text: text.slice(at, words[i][0]), marked: before });
          runs.push({ text: text.slice(words[i][0], words[i][1]), marked: true });
          at = words[i][1];
        }
      }
      const end = shownTo === words.length ? text.length : words[shownTo - 1][1];
      runs.push({ text: text.slice(at, end) + (end < text.length ? ' …' : ''), marked: false });
      if (words.length > 0 && last < first + words.length) {
        break;
      }
    }
    // What is marked in a row is one run.
    return runs
      .filter(run => run.text !== '')
      .reduce((joined, run) => {
        const before = joined.at(-1);
        if (before?.marked === run.marked) {
          before.text += run.text;
        } else {
          joined.push(run);
        }
        return joined;
      }, []);
  }
}
