package dev.earmark.page;

import dev.earmark.search.SearchRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Addresses of the pages that are no search and no episode. */
final class PageAddress {
  private PageAddress() {}

  /** The page of somebody who speaks. */
  static String speaker(String name) {
    return "/speaker/" + encode(name);
  }

  /** The page of a podcast or series. */
  static String show(String name) {
    return "/show/" + encode(name);
  }

  /** The page of a topic. */
  static String topic(String name) {
    return "/topic/" + encode(name);
  }

  /** The page of a show, speaker or topic. */
  static String of(String facet, String name) {
    return "/" + facet + "/" + encode(name);
  }

  /** The list of all shows, speakers or topics. */
  static String browse(String facet) {
    return "/" + facet + "s";
  }

  /** What is like a moment, wherever it is. */
  static String similar(String momentId) {
    return "/similar?moment=" + encode(momentId);
  }

  /** How often something is said. */
  static String trends(String query, String by) {
    return "/trends?q=" + encode(query) + ("month".equals(by) ? "" : "&by=" + encode(by));
  }

  /** How often something is said in a part of what there is. */
  static String trends(String query, String by, SearchRequest scope) {
    return with(trends(query, by), new SearchAddress(SearchAddress.scopeOf(scope)).first());
  }

  /** An address with the parameters of another, of a search. */
  static String with(String address, String search) {
    int from = search.indexOf('?');
    return from < 0
        ? address
        : address + (address.contains("?") ? '&' : '?') + search.substring(from + 1);
  }

  /** An address with one more parameter. */
  static String with(String address, String name, String value) {
    return address + (address.contains("?") ? '&' : '?') + name + '=' + encode(value);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
