package dev.earmark.search.spoken;

import dev.earmark.query.Query;
import dev.earmark.schema.Field;
import dev.earmark.schema.FieldType;
import dev.earmark.schema.Schema;
import dev.earmark.search.BadRequestException;
import dev.earmark.search.SearchRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parts of a query or request that restrict matches without affecting their order. */
public final class Filters {
  private static final String LANGUAGE = "lang";

  private Filters() {}

  /** Whether a part of a query only narrows it, so that its words still have to match. */
  static boolean isFilter(Query query) {
    return switch (query) {
      case Query.FieldIs is -> true;
      case Query.Dates dates -> true;
      case Query.Times times -> true;
      case Query.AnyOf any -> any.options().stream().allMatch(Filters::isFilter);
      case Query.Clauses clauses ->
          !clauses.isEmpty()
              && clauses.clauses().stream().allMatch(clause -> isFilter(clause.query()));
      default -> false;
    };
  }

  /**
   * Checks that a request filters by facets only.
   *
   * @throws BadRequestException if it names another
   */
  public static void check(SearchRequest request) {
    for (String facet : request.filters().keySet()) {
      if (Schema.field(facet).filter(Field::facet).isEmpty()) {
        throw new BadRequestException(facet, "there is no facet \"" + facet + "\"");
      }
    }
  }

  /** The moments that a request narrows its query to, whatever that is. */
  public static Scope scope(SearchRequest request) {
    return new Scope(chosen(request), episode(request), false, languages(request));
  }

  /** The same where hits are listed: the best of one episode go on with what has some of it. */
  public static Scope listed(SearchRequest request) {
    boolean best = request.sort() == SearchRequest.Sort.RELEVANCE && !request.byEpisode();
    String episode = episode(request);
    return new Scope(chosen(request), episode, best && episode != null, languages(request));
  }

  private static List<String> languages(SearchRequest request) {
    return request.filters().getOrDefault(LANGUAGE, List.of());
  }

  private static @Nullable String episode(SearchRequest request) {
    List<String> episodes =
        new ArrayList<>(request.filters().getOrDefault(Schema.EPISODE, List.of()));
    for (Query.Clause clause : request.query().query().clauses()) {
      if (clause.occur() == Query.Occur.MUST
          && clause.query() instanceof Query.FieldIs is
          && is.field().equals(Schema.EPISODE)) {
        episodes.add(is.value());
      }
    }
    return episodes.size() == 1 ? episodes.getFirst() : null;
  }

  private static SpokenQuery chosen(SearchRequest request) {
    SpokenQuery.Builder all = new SpokenQuery.Builder();
    boolean any = request.from() != null || request.to() != null;
    if (any) {
      all.filter(dates(new Query.Dates(request.from(), request.to())));
    }
    for (Map.Entry<String, List<String>> chosen : request.filters().entrySet()) {
      any = true;
      Field facet = Schema.field(chosen.getKey()).orElseThrow();
      all.filter(
          new SpokenQuery.AnyTerm(
              facet.name(), chosen.getValue().stream().map(facet::key).toList()));
    }
    return any ? all.build() : new SpokenQuery.All();
  }

  /** Moments of episodes between two days. */
  static SpokenQuery dates(Query.Dates dates) {
    return new SpokenQuery.Range(
        Schema.DATE,
        dates.from() == null ? Long.MIN_VALUE : dates.from().toEpochDay(),
        dates.to() == null ? Long.MAX_VALUE : dates.to().toEpochDay());
  }

  /** Moments that start between two times of the recording. */
  static SpokenQuery times(Query.Times times) {
    return new SpokenQuery.Range(
        Schema.START,
        times.fromMs() == null ? Long.MIN_VALUE : times.fromMs(),
        times.toMs() == null ? Long.MAX_VALUE : times.toMs());
  }

  /** Whether a language tag is another or begins with it: {@code zh-TW} is of {@code zh}. */
  private static boolean isOf(String tag, String asked) {
    return tag.equals(asked) || tag.startsWith(asked + "-");
  }

  /** Moments whose field has a value; if no name equals it, names that contain its words. */
  static SpokenQuery field(Query.FieldIs is, IndexStatistics index) throws IOException {
    Field field = Schema.field(is.field()).orElseThrow();
    if (field.name().equals(LANGUAGE)) {
      String asked = is.value().toLowerCase(Locale.ROOT);
      return new SpokenQuery.AnyTerm(
          LANGUAGE,
          index.languageTags().stream()
              .filter(tag -> isOf(tag.toLowerCase(Locale.ROOT), asked))
              .toList());
    }
    if (field.type() != FieldType.NAME) {
      String lower = is.value().toLowerCase(Locale.ROOT);
      return lower.equals(is.value())
          ? new SpokenQuery.Term(field.name(), lower)
          : new SpokenQuery.AnyTerm(field.name(), List.of(is.value(), lower));
    }
    String name = field.key(is.value());
    return index.names(field.name(), Set.of(name)).isEmpty()
        ? new SpokenQuery.AnyTerm(
            field.name(), index.namesWith(field.name(), List.of(name.split(" "))))
        : new SpokenQuery.Term(field.name(), name);
  }
}
