package dev.earmark.page;

import dev.earmark.model.DeepLink;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import dev.earmark.search.KeywordLine;
import dev.earmark.text.Words;
import java.text.Collator;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What was found as lines, the keyword in the middle.
 *
 * @param rows the lines, in order
 * @param orders by what they can be put in order
 * @param csv the address of the same as a table
 * @param note what is not listed; empty if all is
 */
public record LinesView(List<Row> rows, List<Choice> orders, String csv, String note) {

  /**
   * A line.
   *
   * @param time when it is said; null if that is not known
   * @param page the page of the episode, there
   * @param player what plays it; null if nothing does
   * @param language its {@code lang}; null if it is that of the page
   */
  public record Row(
      String left,
      String match,
      String right,
      @Nullable String time,
      String page,
      @Nullable Player player,
      @Nullable String speaker,
      EpisodeLine episode,
      @Nullable String language) {}

  /** What lines can be put in order by. */
  enum Order {
    FOUND("found", "Best"),
    LEFT("left", "Word before"),
    RIGHT("right", "Word after"),
    SPEAKER("speaker", "Speaker"),
    DATE("date", "Date"),
    TIME("time", "Time in recording");

    private final String id;
    private final String label;

    Order(String id, String label) {
      this.id = id;
      this.label = label;
    }

    /** The one of this name; as they were found if there is none. */
    static Order of(@Nullable String id) {
      for (Order order : values()) {
        if (order.id.equals(id)) {
          return order;
        }
      }
      return FOUND;
    }
  }

  static LinesView of(
      List<KeywordLine> lines,
      boolean all,
      @Nullable String by,
      SearchAddress address,
      String query) {
    Order chosen = Order.of(by);
    return new LinesView(
        inOrder(lines, chosen).stream().map(line -> row(line, query)).toList(),
        Arrays.stream(Order.values())
            .map(order ->
                new Choice(
                    order.label,
                    "",
                    address.linesBy(order == Order.FOUND ? null : order.id),
                    order == chosen,
                    "by:" + order.id))
            .toList(),
        address.csv(),
        all ? "" : "The first " + Labels.count(lines.size(), "line") + " are listed.");
  }

  private static List<KeywordLine> inOrder(List<KeywordLine> lines, Order order) {
    if (order == Order.FOUND) {
      return lines;
    }
    Collator collator = Collator.getInstance(Locale.ROOT);
    Comparator<KeywordLine> comparator =
        switch (order) {
          case LEFT -> Comparator.comparing((KeywordLine line) -> leftwards(line.left()));
          case RIGHT ->
              Comparator.comparing(
                  (KeywordLine line) -> String.join(" ", Words.of(line.right()).folded()));
          case SPEAKER -> Comparator.comparing(LinesView::speaker, collator::compare);
          case DATE -> Comparator.comparing(LinesView::date);
          case FOUND, TIME -> Comparator.comparingLong(LinesView::time);
        };
    return lines.stream().sorted(comparator).toList();
  }

  /** Who says a line; behind all others if that is not known. */
  private static String speaker(KeywordLine line) {
    String speaker = line.moment().moment().speaker();
    return speaker == null ? "\uffff" : speaker;
  }

  private static LocalDate date(KeywordLine line) {
    LocalDate date = line.episode().date();
    return date == null ? LocalDate.MAX : date;
  }

  private static long time(KeywordLine line) {
    Long at = line.atMs();
    return at == null ? Long.MAX_VALUE : at;
  }

  /** The words of a text from the last to the first: the nearest to the keyword counts most. */
  private static String leftwards(String text) {
    List<String> words = List.of(Words.of(text).folded());
    return words.reversed().stream().collect(Collectors.joining(" "));
  }

  private static Row row(KeywordLine line, String query) {
    Timestamp at = line.atMs() == null ? null : Timestamp.clamped(line.atMs());
    return new Row(
        line.left(),
        line.match(),
        line.right(),
        at == null ? null : at.clock(),
        DeepLink.page(line.episode().id(), at, query) + MomentText.anchor(line.moment()),
        at == null ? null : Player.of(line.episode(), TimeSpan.from(at)),
        line.moment().moment().speaker(),
        EpisodeLine.of(line.episode(), query),
        Labels.languageAttribute(line.moment().language()));
  }
}
