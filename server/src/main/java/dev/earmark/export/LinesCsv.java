package dev.earmark.export;

import dev.earmark.model.DeepLink;
import dev.earmark.model.Episode;
import dev.earmark.model.Timestamp;
import dev.earmark.search.KeywordLine;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keyword lines as a table (RFC 4180): a header, then a line each. */
public final class LinesCsv {
  private static final String HEADER =
      "left,match,right,speaker,show,episode,date,time,seconds,link\r\n";

  private LinesCsv() {}

  /**
   * The table.
   *
   * @param base what the links begin with, such as {@code https://example.org}
   */
  public static String write(List<KeywordLine> lines, String base) {
    StringBuilder table = new StringBuilder(HEADER);
    for (KeywordLine line : lines) {
      Episode episode = line.episode();
      Timestamp at = line.atMs() == null ? null : Timestamp.clamped(line.atMs());
      table
          .append(
              Stream.of(
                      line.left(),
                      line.match(),
                      line.right(),
                      line.moment().moment().speaker(),
                      episode.show(),
                      episode.title(),
                      episode.date() == null ? null : episode.date().toString(),
                      at == null ? null : at.clock(),
                      at == null ? null : String.valueOf(at.millis() / 1000.0),
                      base + DeepLink.page(episode.id(), at, '"' + line.match() + '"'))
                  .map(Csv::cell)
                  .collect(Collectors.joining(",")))
          .append("\r\n");
    }
    return table.toString();
  }
}
