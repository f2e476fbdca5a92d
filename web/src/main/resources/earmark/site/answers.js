// What the page of an episode asks, answered from the files of the site.

import { Finder } from './finder.js';

/** Where a query is found in an episode. */
export async function matchesIn(episode, query) {
  const finder = await Finder.open(document.body.dataset.site);
  const found = await finder.find(query, { episode: [episode] });
  return finder.matches(found);
}

/** The address of a search in all episodes. */
export function addressOfSearch(query) {
  return document.body.dataset.site + 'search.html?' + new URLSearchParams({ q: query });
}
