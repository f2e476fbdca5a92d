package dev.earmark.export;

import dev.earmark.search.Hit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A keyword in its context: one place where a query matches, and what is said before and after it
 * in the same moment.
 *
 * <p>White space is one blank each. Where a match runs on into the moments that follow, nothing is
 * known of what comes after it.
 *
 * @param hit the moment the match begins in
 * @param match the place
 * @param before up to so many characters, from the beginning of a word on
 * @param text the words that match
 * @param after up to so many characters, to the end of a word
 */
public record Line(Hit hit, Hit.Match match, String before, String text, String after) {
  public static final int USUAL_WIDTH = 60;
  public static final int MOST_WIDTH = 500;

  /** The columns of a table of lines. */
  public static final List<String> COLUMNS =
      List.of(
          "episodeId",
          "episodeTitle",
          "show",
          "date",
          "speaker",
          "time",
          "atMs",
          "endMs",
          "before",
          "match",
          "after",
          "kind",
          "momentId",
          "source",
          "why",
          "page",
          "audio");

  /** The lines of a hit, in the order of its text; none if the query has no words. */
  public static List<Line> of(Hit hit, int width) {
    String text = hit.moment().moment().text();
    List<Line> lines = new ArrayList<>();
    for (Hit.Match match : hit.matches()) {
      int from = Math.min(match.from(), text.length());
      int to = Math.min(text.length(), from + match.text().length());
      lines.add(
          new Line(
              hit,
              match,
              end(oneLine(text.substring(0, from)), width),
              oneLine(match.text()),
              beginning(oneLine(text.substring(to)), width)));
    }
    return lines;
  }

  /** Writes the lines of a search as a table. */
  public static SearchWriter writer(TableForm form, int width, String base) {
    return form.writer(
        COLUMNS,
        hit ->
            of(hit, width).stream()
                .map(line -> form.row(COLUMNS, line.cells(base)))
                .collect(Collectors.joining()));
  }

  /** The cells of a row, in the order of the columns. */
  public List<@Nullable Object> cells(String base) {
    Links links = links().absolute(base);
    List<@Nullable Object> cells = new ArrayList<>();
    cells.add(hit.episode().id());
    cells.add(hit.episode().title());
    cells.add(hit.episode().show());
    cells.add(HitTable.text(hit.episode().date()));
    cells.add(hit.moment().moment().speaker());
    cells.add(HitTable.clock(match.atMs()));
    cells.add(match.atMs());
    cells.add(match.endMs());
    cells.add(before);
    cells.add(text);
    cells.add(after);
    cells.add(hit.moment().moment().kind().id());
    cells.add(match.momentId());
    cells.add(hit.moment().source());
    cells.add(hit.why() == null ? null : hit.why().id());
    cells.add(links.page());
    cells.add(links.audio());
    return cells;
  }

  /** Where the match can be read and heard. */
  public Links links() {
    return Links.of(hit.episode(), match.atMs(), match.endMs());
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ");
  }

  private static String end(String text, int width) {
    if (text.length() <= width) {
      return text.stripLeading();
    }
    int from = text.length() - width;
    int blank = text.charAt(from - 1) == ' ' ? from - 1 : text.indexOf(' ', from);
    return text.substring(blank < 0 || blank == text.length() - 1 ? from : blank + 1);
  }

  private static String beginning(String text, int width) {
    if (text.length() <= width) {
      return text.stripTrailing();
    }
    int blank = text.charAt(width) == ' ' ? width : text.lastIndexOf(' ', width);
    return text.substring(0, blank <= 0 ? width : blank);
  }
}
