// A program written against the API by its description alone: types and paths are generated from /openapi.json.
import createClient from 'openapi-fetch';
import type { components, paths } from './api';

type Hit = components['schemas']['Hit'];

/** Asks a server what a program would, and gives back what the test compares. */
export async function ask(baseUrl: string) {
  const client = createClient<paths>({ baseUrl });

  const search = await client.GET('/api/v1/search', {
    params: { query: { q: '"country of geniuses"', kind: ['quote'], speaker: ['Dario Amodei'], limit: 5 } },
  });
  if (!search.data) {
    throw new Error(search.error.detail);
  }
  const hit: Hit | undefined = search.data.hits[0];
  if (!hit) {
    throw new Error('nothing was found');
  }
  // @ts-expect-error the time may be unknown, and the description says so
  const start: number = hit.startMs;
  const marked = hit.snippet.highlights.map(([from, to]) => hit.snippet.text.slice(from, to));

  const episode = await client.GET('/api/v1/episodes/{id}', { params: { path: { id: hit.episode.id } } });
  const none = await client.GET('/api/v1/episodes/{id}', { params: { path: { id: 'none' } } });
  const text = await client.GET('/api/v1/episodes/{id}/transcript.{form}', {
    params: { path: { id: hit.episode.id, form: 'vtt' } },
    parseAs: 'text',
  });
  // @ts-expect-error there is no such order
  const wrong = await client.GET('/api/v1/search', { params: { query: { sort: 'best' } } });

  return {
    total: search.data.total,
    atMs: hit.atMs,
    page: hit.links.page,
    start,
    marked,
    title: episode.data?.title,
    none: none.error?.detail,
    vtt: text.data?.slice(0, 6),
    wrong: wrong.error?.parameter,
  };
}
