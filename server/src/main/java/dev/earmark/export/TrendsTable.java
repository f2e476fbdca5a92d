package dev.earmark.export;

import dev.earmark.search.Trend;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Trends of several terms as one table: a row for each term and month, show or speaker. */
public final class TrendsTable {
  private static final List<String> COLUMNS =
      List.of("term", "by", "key", "times", "words", "per_million");

  private TrendsTable() {}

  /** The table; the last row of a term has what is in none of the others, if there is any. */
  public static String write(TableForm form, List<Trend> trends) {
    StringBuilder table = new StringBuilder(form.head(COLUMNS));
    for (Trend trend : trends) {
      for (Trend.Point point : trend.points()) {
        table.append(row(form, trend, point));
      }
      if (trend.unplaced() > 0) {
        table.append(row(form, trend, new Trend.Point("", trend.unplaced(), 0)));
      }
    }
    return table.toString();
  }

  private static String row(TableForm form, Trend trend, Trend.Point point) {
    return form.row(
        COLUMNS,
        Arrays.asList(
            trend.phrase(),
            trend.by().id(),
            point.key(),
            point.count(),
            point.words(),
            String.format(Locale.ROOT, "%.3f", point.perMillion())));
  }
}
