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
                    .withLimit(SearchRequest.USUAL_HITS)
                    .withMode(mode(request)))
            .first()
            .substring(1);
  }

  /**
   * A feed tells of words unless somebody asked for more, and its address says no more than that.
   */
  private static SearchRequest.Mode mode(SearchRequest request) {
    return request.mode() == SearchRequest.Mode.WORDS ? SearchRequest.Mode.AUTO : request.mode();
  }

  /** The newest with a value of a facet. */
  static String of(String facet, String value) {
    return PATH + SearchAddress.ofFacet(facet, value).substring(1);
  }
}
