package dev.earmark.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document about an episode, laid out to be read.
 *
 * @param id names it on the page
 * @param title what kind of document it is
 * @param name its file name
 * @param size how much it holds
 * @param language its {@code lang}; null if it is that of the page
 * @param languages the names of the two languages that stand side by side; else empty
 * @param blocks in the order they are read
 * @param entries its headings
 */
public record DocumentView(
    String id,
    String title,
    String name,
    String size,
    @Nullable String language,
    List<String> languages,
    List<Block> blocks,
    List<Entry> entries) {

  /**
   * A line of a table of contents.
   *
   * @param time when that part starts; null if it is not placed
   */
  public record Entry(String text, @Nullable String time, String address) {}

  /** Whether any of its headings has a time. */
  public boolean isTimed() {
    return entries.stream().anyMatch(entry -> entry.time() != null);
  }
}
