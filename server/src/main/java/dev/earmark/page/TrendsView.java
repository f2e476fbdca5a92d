package dev.earmark.page;

import dev.earmark.search.Trend;
import dev.earmark.search.Trend.By;
import dev.earmark.search.Trend.Point;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The page that shows how often a phrase is said.
 *
 * @param query as it was typed
 * @param phrase as it was counted
 * @param by {@code month}, {@code show} or {@code speaker}
 * @param summary the whole of it in a sentence
 * @param ways by what else it can be counted
 * @param scales by what the bars can be drawn
 * @param bars what is drawn, in its order
 * @param top what the top of the plot stands for
 * @param labels below the plot
 * @param rows what is in the table
 * @param unplaced what is in no bar; empty if all is
 * @param first the first mention; null if there is none
 * @param firstDay when that was; empty if not known
 */
public record TrendsView(
    String query,
    String phrase,
    String by,
    String summary,
    List<Choice> ways,
    List<Choice> scales,
    List<Bar> bars,
    String top,
    List<TimelineView.Label> labels,
    List<Row> rows,
    String unplaced,
    @Nullable HitView first,
    String firstDay) {
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("MMM uuuu", Locale.ENGLISH);
  private static final int MOST_LABELS = 8;

  /**
   * A bar of the plot. Numbers are percentages of its width and pixels of its height.
   *
   * @param title what it says when it is pointed at
   * @param address what it counts, as a search
   * @param first whether the first mention is in it
   */
  public record Bar(
      String x, String width, int y, int height, String title, String address, boolean first) {}

  /** A row of the table. */
  public record Row(
      String key, String count, String words, String rate, String share, String address) {}

  /** How high the plot is, in pixels. */
  public static final int HEIGHT = 200;

  static TrendsView of(String query, Trend trend, boolean byCount) {
    boolean months = trend.by() == By.MONTH;
    String by = trend.by().id();
    double most = 0;
    for (Point point : trend.points()) {
      most = Math.max(most, value(point, byCount));
    }
    String firstKey = firstKey(trend);
    List<Row> rows = new ArrayList<>();
    for (Point point : trend.points()) {
      rows.add(
          new Row(
              months ? month(point.key()) : point.key(),
              Labels.number(point.count()),
              Labels.number(point.words()),
              rate(point.perMillion()),
              percent(most == 0 ? 0 : value(point, byCount) / most),
              address(trend, point)));
    }
    return new TrendsView(
        query,
        trend.phrase(),
        by,
        summary(trend),
        List.of(
            way(query, By.MONTH, "Over time", by, byCount),
            way(query, By.SHOW, "By show", by, byCount),
            way(query, By.SPEAKER, "By speaker", by, byCount)),
        List.of(
            new Choice(
                "per million words", "", PageAddress.trends(query, by), !byCount, "scale:rate"),
            new Choice(
                "times", "", PageAddress.trends(query, by) + "&of=times", byCount, "scale:times")),
        months ? bars(trend, most, byCount, firstKey) : List.of(),
        most == 0
            ? ""
            : byCount ? Labels.count((long) most, "time") : rate(most) + " per million words",
        months ? labels(trend.points()) : List.of(),
        rows,
        trend.unplaced() == 0
            ? ""
            : Labels.count(trend.unplaced(), "time")
                + (months ? " in episodes without a date" : " without a known " + by),
        trend.first() == null ? null : HitView.of(trend.first(), '"' + trend.phrase() + '"'),
        trend.first() == null || trend.first().episode().date() == null
            ? ""
            : Labels.date(trend.first().episode().date()));
  }

  private static Choice way(String query, By by, String label, String chosen, boolean byCount) {
    return new Choice(
        label,
        "",
        PageAddress.trends(query, by.id()) + (byCount ? "&of=times" : ""),
        by.id().equals(chosen),
        "by:" + by.id());
  }

  private static double value(Point point, boolean byCount) {
    return byCount ? point.count() : point.perMillion();
  }

  private static @Nullable String firstKey(Trend trend) {
    return trend.first() == null || trend.first().episode().date() == null
        ? null
        : YearMonth.from(trend.first().episode().date()).toString();
  }

  private static String summary(Trend trend) {
    if (trend.count() == 0) {
      return "“" + trend.phrase() + "” is not said in " + Labels.count(trend.words(), "word") + ".";
    }
    double rate = trend.words() == 0 ? 0 : 1e6 * trend.count() / trend.words();
    return "“"
        + trend.phrase()
        + "” is said "
        + Labels.count(trend.count(), "time")
        + " in "
        + Labels.count(trend.words(), "word")
        + ": "
        + rate(rate)
        + " per million.";
  }

  private static List<Bar> bars(
      Trend trend, double most, boolean byCount, @Nullable String firstKey) {
    List<Bar> bars = new ArrayList<>();
    List<Point> points = trend.points();
    if (points.isEmpty()) {
      return bars;
    }
    long from = months(points.getFirst().key());
    double places = months(points.getLast().key()) - from + 1;
    // A plot of a month or two is not one fat block.
    double slot = 1 / Math.max(places, 12);
    for (Point point : points) {
      double share = most == 0 ? 0 : value(point, byCount) / most;
      int height = point.count() == 0 ? 0 : Math.max(2, (int) Math.round(share * HEIGHT));
      bars.add(
          new Bar(
              percent((months(point.key()) - from) * slot + slot * 0.1),
              percent(slot * 0.8),
              HEIGHT - height,
              height,
              month(point.key())
                  + ": "
                  + Labels.count(point.count(), "time")
                  + ", "
                  + rate(point.perMillion())
                  + " per million words",
              address(trend, point),
              point.key().equals(firstKey)));
    }
    return bars;
  }

  private static List<TimelineView.Label> labels(List<Point> points) {
    List<TimelineView.Label> labels = new ArrayList<>();
    if (points.isEmpty()) {
      return labels;
    }
    long from = months(points.getFirst().key());
    long places = months(points.getLast().key()) - from + 1;
    double slot = 1 / Math.max((double) places, 12);
    boolean years = places > 18;
    long step = 1;
    while (places / (years ? 12 * step : step) > MOST_LABELS) {
      step++;
    }
    for (long month = from; month < from + places; month++) {
      boolean labelled =
          years ? month % 12 == 0 && month / 12 % step == 0 : (month - from) % step == 0;
      if (labelled && (month - from) * slot < 0.94) {
        YearMonth at = YearMonth.of((int) (month / 12), (int) (month % 12) + 1);
        labels.add(
            new TimelineView.Label(
                percent((month - from) * slot), years ? "" + at.getYear() : MONTH.format(at)));
      }
    }
    return labels;
  }

  /** The months since the year 0. */
  private static long months(String key) {
    YearMonth month = YearMonth.parse(key);
    return month.getYear() * 12L + month.getMonthValue() - 1;
  }

  private static String month(String key) {
    return MONTH.format(YearMonth.parse(key));
  }

  private static String address(Trend trend, Point point) {
    String quoted = '"' + trend.phrase() + '"';
    if (trend.by() != By.MONTH) {
      return SearchAddress.ofQueryAndFacet(quoted, trend.by().id(), point.key()) + "&kind=segment";
    }
    YearMonth month = YearMonth.parse(point.key());
    return SearchAddress.ofQuery(quoted)
        + "&kind=segment&from="
        + month.atDay(1)
        + "&to="
        + month.atEndOfMonth();
  }

  private static String rate(double perMillion) {
    return perMillion >= 10 || perMillion == 0
        ? Labels.number(Math.round(perMillion))
        : String.format(Locale.ROOT, "%.1f", perMillion);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f%%", 100 * share);
  }
}
