package dev.earmark.page;

import dev.earmark.search.SearchRequest;

/** Addresses of feeds: a search, with {@code /feed.xml} for its path. */
final class FeedAddress {
  private static final String PATH = "/feed.xml";

  private FeedAddress() {}

  /** The newest of what a request finds. */
  static String of(SearchRequest request) {
    return PATH
        + new SearchAddress(
                request
                    .ungrouped()
                    .withSort(SearchRequest.Sort.NEWEST)
                    .withLimit(SearchRequest.USUAL_HITS))
            .first()
            .substring(1);
  }

  /** The newest with a value of a facet. */
  static String of(String facet, String value) {
    return PATH + SearchAddress.ofFacet(facet, value).substring(1);
  }
}
