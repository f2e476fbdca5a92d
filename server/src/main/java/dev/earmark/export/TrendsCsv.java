package dev.earmark.export;

import dev.earmark.search.Trend;
import java.util.List;
import java.util.Locale;

/** Trends as a table (RFC 4180): a header, then a line for each term and month, show or speaker. */
public final class TrendsCsv {
  private TrendsCsv() {}

  /** The table; the last line of a term has what is in none of the others, if there is any. */
  public static String write(List<Trend> trends) {
    StringBuilder table = new StringBuilder("term,by,key,times,words,per_million\r\n");
    for (Trend trend : trends) {
      for (Trend.Point point : trend.points()) {
        row(table, trend, point);
      }
      if (trend.unplaced() > 0) {
        row(table, trend, new Trend.Point("", trend.unplaced(), 0));
      }
    }
    return table.toString();
  }

  private static void row(StringBuilder table, Trend trend, Trend.Point point) {
    table
        .append(Csv.cell(trend.phrase()))
        .append(',')
        .append(trend.by().id())
        .append(',')
        .append(Csv.cell(point.key()))
        .append(',')
        .append(point.count())
        .append(',')
        .append(point.words())
        .append(',')
        .append(String.format(Locale.ROOT, "%.3f", point.perMillion()))
        .append("\r\n");
  }
}
