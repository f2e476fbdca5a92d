// What the page of an episode asks: of a server here; a published site has another file of this name.

/**
 * Where a query is found in an episode.
 *
 * @param begun whether the last word may be one that is only begun
 */
export async function matchesIn(episode, query, begun, signal) {
  const path = '/api/v1/episodes/' + encodeURIComponent(episode) + '/matches?';
  const response = await fetch(path + new URLSearchParams({ q: query, typing: begun }), { signal });
  return response.ok ? (await response.json()).matches : [];
}

/** The address of a search in all episodes. */
export function addressOfSearch(query) {
  return '/?' + new URLSearchParams({ q: query });
}
