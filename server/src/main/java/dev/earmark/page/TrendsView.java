package dev.earmark.page;

import dev.earmark.search.SearchRequest;
import dev.earmark.search.Trend;
import dev.earmark.search.Trend.By;
import dev.earmark.search.Trend.Point;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The page that shows how often something is said: one term, or several on one scale.
 *
 * @param query as it was typed
 * @param by {@code month}, {@code show} or {@code speaker}
 * @param ways by what else it can be counted
 * @param scales by what the bars can be drawn
 * @param within what is counted, if not everything, each with a link that takes it off
 * @param csv the address of the same as a table
 * @param top what the top of each plot stands for
 * @param labels below each plot
 * @param terms what is counted
 */
public record TrendsView(
    String query,
    String by,
    List<Choice> ways,
    List<Choice> scales,
    List<Choice> within,
    String csv,
    String top,
    List<TimelineView.Label> labels,
    List<Term> terms) {
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("MMM uuuu", Locale.ENGLISH);
  private static final int MOST_LABELS = 8;

  /** Below so many occurrences chance decides much, and the page says how much. */
  private static final int FEW = 30;

  /**
   * One of the terms.
   *
   * @param phrase as it was counted
   * @param summary the whole of it in a sentence or two
   * @param bars what is drawn, in its order
   * @param rows what is in the table
   * @param first the first mention; null if there is none
   * @param firstDay when that was; empty if not known
   */
  public record Term(
      String phrase,
      String summary,
      List<Bar> bars,
      List<Row> rows,
      @Nullable HitView first,
      String firstDay) {}

  /** All of it in a sentence or two. */
  public String summary() {
    return terms.stream().map(Term::summary).collect(Collectors.joining(" "));
  }

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

  /** How high the plot of one term is, in pixels. */
  private static final int HEIGHT = 200;

  /** Where terms are compared the plots are lower, so that they can be seen together. */
  private static final int LOW = 90;

  /** How high each plot is, in pixels. */
  public int height() {
    return heightOf(terms.size());
  }

  private static int heightOf(int terms) {
    return terms > 1 ? LOW : HEIGHT;
  }

  static TrendsView of(String query, List<Trend> trends, SearchRequest asked, boolean byCount) {
    SearchRequest scope = SearchAddress.scopeOf(asked);
    By what = trends.getFirst().by();
    boolean months = what == By.MONTH;
    String by = what.id();
    List<Point> drawn = trends.stream().flatMap(trend -> shown(trend).stream()).toList();
    double most = drawn.stream().mapToDouble(point -> value(point, byCount)).max().orElse(0);
    // All terms on one axis, from the first month any of them is said to the last.
    List<String> keys =
        drawn.stream().filter(point -> point.count() > 0).map(Point::key).sorted().toList();
    Axis axis = months && !keys.isEmpty() ? new Axis(keys.getFirst(), keys.getLast()) : null;
    return new TrendsView(
        query,
        by,
        List.of(
            way(query, scope, By.MONTH, "Over time", by, byCount),
            way(query, scope, By.SHOW, "By show", by, byCount),
            way(query, scope, By.SPEAKER, "By speaker", by, byCount)),
        List.of(
            new Choice(
                "per million words",
                "",
                PageAddress.trends(query, by, scope),
                !byCount,
                "scale:rate"),
            new Choice(
                "times",
                "",
                PageAddress.with(PageAddress.trends(query, by, scope), "of", "times"),
                byCount,
                "scale:times")),
        within(query, by, scope),
        "/trends.csv" + PageAddress.trends(query, by, scope).substring("/trends".length()),
        most == 0
            ? ""
            : byCount ? Labels.count((long) most, "time") : rate(most) + " per million words",
        axis == null ? List.of() : labels(axis),
        trends.stream()
            .map(trend -> term(trend, scope, axis, most, byCount, heightOf(trends.size())))
            .toList());
  }

  private static List<Choice> within(String query, String by, SearchRequest scope) {
    return ResultsView.chosen(scope, new SearchAddress(scope), Map.of()).stream()
        .map(choice ->
            new Choice(
                choice.label(),
                choice.note(),
                PageAddress.with(PageAddress.trends(query, by), choice.address()),
                true,
                choice.key()))
        .toList();
  }

  /** The months from one to another, both of them on the axis. */
  private record Axis(String first, String last) {
    boolean holds(Point point) {
      return point.key().compareTo(first) >= 0 && point.key().compareTo(last) <= 0;
    }
  }

  /** Without the months before the first and after the last in which it is said. */
  private static List<Point> shown(Trend trend) {
    List<Point> points = trend.points();
    if (trend.by() != By.MONTH) {
      return points;
    }
    int from = 0;
    int to = points.size();
    while (from < to && points.get(from).count() == 0) {
      from++;
    }
    while (to > from && points.get(to - 1).count() == 0) {
      to--;
    }
    return points.subList(from, to);
  }

  private static Term term(
      Trend trend,
      SearchRequest scope,
      @Nullable Axis axis,
      double most,
      boolean byCount,
      int height) {
    boolean months = trend.by() == By.MONTH;
    List<Point> points =
        axis == null ? shown(trend) : trend.points().stream().filter(axis::holds).toList();
    return new Term(
        trend.phrase(),
        summary(trend),
        axis == null ? List.of() : bars(trend, scope, points, axis, most, byCount, height),
        points.stream()
            .filter(point -> point.count() > 0 || months)
            .map(point ->
                new Row(
                    months ? month(point.key()) : point.key(),
                    Labels.number(point.count()),
                    Labels.number(point.words()),
                    rate(point.perMillion()) + between(point.count(), point.words()),
                    percent(most == 0 ? 0 : value(point, byCount) / most),
                    address(trend, scope, point)))
            .toList(),
        trend.first() == null ? null : HitView.of(trend.first(), '"' + trend.phrase() + '"'),
        trend.first() == null || trend.first().episode().date() == null
            ? ""
            : Labels.date(trend.first().episode().date()));
  }

  private static Choice way(
      String query, SearchRequest scope, By by, String label, String chosen, boolean byCount) {
    return new Choice(
        label,
        "",
        byCount
            ? PageAddress.with(PageAddress.trends(query, by.id(), scope), "of", "times")
            : PageAddress.trends(query, by.id(), scope),
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
        + " per million"
        + between(trend.count(), trend.words())
        + "."
        + unplaced(trend);
  }

  /** How much of it is in no bar and no row, beside the headline. */
  private static String unplaced(Trend trend) {
    if (trend.unplaced() == 0) {
      return "";
    }
    String where =
        switch (trend.by()) {
          case MONTH -> "in episodes without a date";
          case SHOW -> "in episodes without a show, or in shows that are not listed";
          case SPEAKER -> "by speakers who are not known or not listed";
        };
    return " "
        + Labels.share(trend.unplaced(), trend.count())
        + " of that is "
        + where
        + " and is not shown below.";
  }

  /**
   * Between what rates the true one lies where counts are small, with 95% confidence: Byar's
   * approximation of the exact interval of a Poisson count (Breslow and Day 1987, p. 69). Empty
   * where there is enough.
   */
  static String between(long count, long words) {
    if (count == 0 || count >= FEW || words == 0) {
      return "";
    }
    double below = (double) count;
    double low = below * Math.pow(1 - 1 / (9 * below) - 1.96 / (3 * Math.sqrt(below)), 3);
    double above = below + 1;
    double high = above * Math.pow(1 - 1 / (9 * above) + 1.96 / (3 * Math.sqrt(above)), 3);
    return " (" + rate(1e6 * Math.max(0, low) / words) + "–" + rate(1e6 * high / words) + ")";
  }

  private static List<Bar> bars(
      Trend trend,
      SearchRequest scope,
      List<Point> points,
      Axis axis,
      double most,
      boolean byCount,
      int highest) {
    String firstKey = firstKey(trend);
    List<Bar> bars = new ArrayList<>();
    long from = months(axis.first());
    double places = months(axis.last()) - from + 1;
    // A plot of a month or two is not one fat block.
    double slot = 1 / Math.max(places, 12);
    for (Point point : points) {
      double share = most == 0 ? 0 : value(point, byCount) / most;
      int height = point.count() == 0 ? 0 : Math.max(2, (int) Math.round(share * highest));
      bars.add(
          new Bar(
              percent((months(point.key()) - from) * slot + slot * 0.1),
              percent(slot * 0.8),
              highest - height,
              height,
              month(point.key())
                  + ": "
                  + Labels.count(point.count(), "time")
                  + ", "
                  + rate(point.perMillion())
                  + " per million words"
                  + between(point.count(), point.words()),
              address(trend, scope, point),
              point.key().equals(firstKey)));
    }
    return bars;
  }

  private static List<TimelineView.Label> labels(Axis axis) {
    List<TimelineView.Label> labels = new ArrayList<>();
    long from = months(axis.first());
    long places = months(axis.last()) - from + 1;
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

  private static String address(Trend trend, SearchRequest scope, Point point) {
    SearchRequest request =
        scope
            .withQuery('"' + trend.phrase() + '"')
            .withFilter("kind", "segment")
            .groupedByEpisode()
            .withLimit(SearchAddress.usualLimit(true));
    if (trend.by() != By.MONTH) {
      return new SearchAddress(request.withFilter(trend.by().id(), point.key())).first();
    }
    YearMonth month = YearMonth.parse(point.key());
    return new SearchAddress(request).between(month.atDay(1), month.atEndOfMonth());
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
