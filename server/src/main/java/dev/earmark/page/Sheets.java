package dev.earmark.page;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where one is among the pages of a long list.
 *
 * @param previous the address of the page before; null on the first
 * @param next the address of the page after; null on the last
 * @param where such as {@code Page 2 of 7}; empty if there is only one
 */
public record Sheets(@Nullable String previous, @Nullable String next, String where) {
  /** How many lines a page of a list has. */
  static final int A_PAGE = 100;

  /**
   * @param number the page asked for, from 1; one beyond the last is the last
   * @param size how long the whole list is
   * @param address of the first page
   */
  static Sheets of(int number, int size, String address) {
    int last = last(size);
    int here = Math.min(number, last);
    return new Sheets(
        here == 1 ? null : here == 2 ? address : PageAddress.with(address, "page", "" + (here - 1)),
        here == last ? null : PageAddress.with(address, "page", "" + (here + 1)),
        last == 1 ? "" : "Page " + here + " of " + last);
  }

  /** The addresses of all pages of a list, in order. */
  static List<String> addresses(String first, int size) {
    return IntStream.rangeClosed(1, last(size))
        .mapToObj(page -> page == 1 ? first : PageAddress.with(first, "page", "" + page))
        .toList();
  }

  private static int last(int size) {
    return Math.max(1, (size + A_PAGE - 1) / A_PAGE);
  }

  /** The part of a list that stands on a page. */
  static <T> List<T> part(List<T> list, int number) {
    int from = (Math.min(number, last(list.size())) - 1) * A_PAGE;
    return list.subList(from, Math.min(list.size(), from + A_PAGE));
  }
}
