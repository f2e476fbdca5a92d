package dev.earmark.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.earmark.export.Line;
import dev.earmark.export.Links;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.IndexingProgress;
import dev.earmark.index.StoredMoment;
import dev.earmark.model.Anchor;
import dev.earmark.model.DeepLink;
import dev.earmark.model.Episode;
import dev.earmark.model.Media;
import dev.earmark.model.Moment;
import dev.earmark.model.QuoteCheck;
import dev.earmark.model.Speaker;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import dev.earmark.query.NotUnderstood;
import dev.earmark.search.Explanation;
import dev.earmark.search.Hit;
import dev.earmark.search.SearchPage;
import dev.earmark.search.Suggestion;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The shapes of the API's answers: what {@code openapi.json} describes. */
final class Answers {
  private Answers() {}

  record SearchAnswer(
      QueryPart query,
      long total,
      long exactTotal,
      long nearTotal,
      long looserTotal,
      @Nullable MatchedPart matched,
      double tookMs,
      List<HitPart> hits,
      @Nullable List<GroupPart> groups,
      @Nullable Integer episodes,
      Map<String, List<SearchPage.FacetValue>> facets,
      Map<String, Integer> facetSizes,
      @Nullable String didYouMean,
      @Nullable String next) {}

  record MatchedPart(List<String> words, String rule, long total, String sentence) {}

  record QueryPart(String text, List<NotUnderstood> notUnderstood) {}

  record GroupPart(EpisodePart episode, int total, List<HitPart> hits) {}

  record HitPart(
      String id,
      String kind,
      @Nullable String title,
      String text,
      EpisodePart episode,
      @Nullable String speaker,
      String source,
      String format,
      String lang,
      List<String> section,
      List<String> topics,
      Map<String, String> details,
      @Nullable Long startMs,
      @Nullable Long endMs,
      @Nullable Long atMs,
      AnchorPart anchor,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable CheckPart check,
      SnippetPart snippet,
      List<MatchPart> matches,
      List<FurtherPart> further,
      @Nullable String why,
      Links links,
      double score,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Explanation explanation) {}

  record FurtherPart(
      String id, @Nullable String speaker, @Nullable Long atMs, SnippetPart snippet) {}

  record EpisodePart(
      String id,
      String title,
      @Nullable String show,
      @Nullable LocalDate date,
      @Nullable Long durationMs,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String artwork) {}

  record AnchorPart(
      String type,
      @Nullable Double confidence,
      @Nullable String how,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long startMs,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long endMs) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record CheckPart(
      String result,
      @Nullable Long atMs,
      @Nullable Long endMs,
      @Nullable Long statedMs,
      @Nullable String speaker) {}

  record SnippetPart(String text, List<int[]> highlights) {}

  record MatchPart(@Nullable Long atMs, @Nullable Long endMs, String text, String moment) {}

  record LinesAnswer(QueryPart query, long total, List<LinePart> lines, @Nullable String next) {}

  record LinePart(
      String before,
      String match,
      String after,
      EpisodePart episode,
      @Nullable String speaker,
      String kind,
      String source,
      String moment,
      @Nullable Long atMs,
      @Nullable Long endMs,
      AnchorPart anchor,
      @Nullable String why,
      Links links) {}

  record MomentPart(
      String id,
      String kind,
      @Nullable String title,
      String text,
      @Nullable String speaker,
      String source,
      List<String> section,
      List<String> topics,
      Map<String, String> details,
      @Nullable Long startMs,
      @Nullable Long endMs,
      @Nullable Long atMs,
      AnchorPart anchor,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable CheckPart check,
      Links links) {}

  record MomentsAnswer(String episode, int total, boolean partial, List<MomentPart> moments) {}

  record MatchesAnswer(
      String episode, QueryPart query, int total, boolean partial, List<MatchPart> matches) {}

  record EpisodeAnswer(
      String id,
      String title,
      @Nullable String show,
      @Nullable LocalDate date,
      @Nullable Long durationMs,
      @Nullable String language,
      List<Speaker> speakers,
      Media media,
      List<String> topics,
      @Nullable String description,
      @Nullable Integer season,
      @Nullable Integer number,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String artwork,
      List<EpisodeEntry.Source> sources,
      List<AlternativePart> alternatives,
      int moments,
      long words,
      Map<String, Integer> problems,
      String page) {}

  /** A transcript that is kept and not searched; {@code searched} names the one that is. */
  record AlternativePart(
      String name, String format, String language, int moments, long words, String searched) {}

  private static AlternativePart of(EpisodeEntry.Alternative alternative) {
    EpisodeEntry.Source source = alternative.source();
    return new AlternativePart(
        source.name(),
        source.format(),
        source.language(),
        source.moments(),
        source.words(),
        alternative.searched());
  }

  record EpisodesAnswer(int total, List<EpisodeAnswer> episodes, @Nullable String next) {}

  record SuggestAnswer(String query, List<SuggestionPart> suggestions) {}

  record SuggestionPart(
      String text, String type, int count, @Nullable String query, @Nullable String page) {}

  record HealthAnswer(
      String status,
      int episodes,
      int moments,
      long generation,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable IndexingPart indexing) {}

  record StatusAnswer(
      int episodes,
      int moments,
      long generation,
      long bytes,
      String changed,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable IndexingPart indexing) {}

  /** How far the run is that fills the index; {@code text} says it in a line. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record IndexingPart(int done, @Nullable Integer total, @Nullable Long etaMs, String text) {}

  static IndexingPart of(IndexingProgress.State state) {
    return new IndexingPart(state.done(), state.total(), state.etaMs(), state.describe());
  }

  static SearchAnswer of(
      SearchPage page, boolean byEpisode, Map<String, Explanation> explanations) {
    Function<Hit, HitPart> hits = hit -> of(hit, explanations.get(hit.moment().id()));
    return new SearchAnswer(
        new QueryPart(page.text(), page.notUnderstood()),
        page.total(),
        page.exactTotal(),
        page.nearTotal(),
        page.looserTotal(),
        page.matched() == null
            ? null
            : new MatchedPart(
                page.matched().words(),
                page.matched().rule().id(),
                page.meant(),
                page.matched().sentence()),
        page.tookMs(),
        page.hits().stream().map(hits).toList(),
        byEpisode
            ? page.groups().stream()
                .map(group ->
                    new GroupPart(
                        of(group.episode()),
                        group.total(),
                        group.hits().stream().map(hits).toList()))
                .toList()
            : null,
        byEpisode ? page.episodes() : null,
        page.facets(),
        page.facetSizes(),
        page.didYouMean(),
        page.next());
  }

  static SuggestionPart of(Suggestion suggestion) {
    String episode = suggestion.episodeId();
    Long at = suggestion.atMs();
    return new SuggestionPart(
        suggestion.text(),
        suggestion.type().id(),
        suggestion.count(),
        suggestion.query(),
        episode == null ? null : DeepLink.page(episode, at == null ? null : new Timestamp(at)));
  }

  static HitPart of(Hit hit) {
    return of(hit, null);
  }

  static HitPart of(Hit hit, @Nullable Explanation explanation) {
    StoredMoment stored = hit.moment();
    Moment moment = stored.moment();
    TimeSpan span = moment.anchor().span().orElse(null);
    Long endMs = hit.matches().isEmpty() ? end(span) : hit.matches().getFirst().endMs();
    return new HitPart(
        stored.id(),
        moment.kind().id(),
        moment.title(),
        moment.text(),
        of(hit.episode()),
        moment.speaker(),
        stored.source(),
        stored.format(),
        stored.language(),
        moment.section(),
        List.copyOf(moment.topics()),
        moment.details(),
        span == null ? null : span.startMs(),
        end(span),
        hit.atMs(),
        of(moment.anchor()),
        of(moment.check()),
        of(hit.snippet()),
        hit.matches().stream().map(Answers::of).toList(),
        hit.further().stream()
            .map(one ->
                new FurtherPart(one.momentId(), one.speaker(), one.atMs(), of(one.snippet())))
            .toList(),
        hit.why() == null ? null : hit.why().id(),
        Links.of(hit.episode(), hit.atMs(), endMs),
        hit.score(),
        explanation);
  }

  private static SnippetPart of(Hit.Snippet snippet) {
    return new SnippetPart(
        snippet.text(),
        snippet.highlights().stream().map(range -> new int[] {range.from(), range.to()}).toList());
  }

  static LinePart of(Line line) {
    Hit hit = line.hit();
    Moment moment = hit.moment().moment();
    return new LinePart(
        line.before(),
        line.text(),
        line.after(),
        of(hit.episode()),
        moment.speaker(),
        moment.kind().id(),
        hit.moment().source(),
        line.match().momentId(),
        line.match().atMs(),
        line.match().endMs(),
        of(moment.anchor()),
        hit.why() == null ? null : hit.why().id(),
        line.links());
  }

  static EpisodePart of(Episode episode) {
    return new EpisodePart(
        episode.id(),
        episode.title(),
        episode.show(),
        episode.date(),
        episode.durationMs(),
        DeepLink.artwork(episode.picture()));
  }

  static AnchorPart of(Anchor anchor) {
    TimeSpan stretch = anchor.stretch().orElse(null);
    return anchor instanceof Anchor.Estimated estimated
        ? new AnchorPart(
            anchor.type(),
            estimated.confidence(),
            estimated.how(),
            stretch == null ? null : Long.valueOf(stretch.startMs()),
            stretch == null ? null : Long.valueOf(stretch.endMs()))
        : new AnchorPart(anchor.type(), null, null, null, null);
  }

  private static @Nullable CheckPart of(@Nullable QuoteCheck check) {
    if (check == null) {
      return null;
    }
    TimeSpan at = check.at();
    TimeSpan stated = check.stated();
    return new CheckPart(
        check.result().id(),
        at == null ? null : Long.valueOf(at.startMs()),
        end(at),
        stated == null ? null : Long.valueOf(stated.startMs()),
        check.speaker());
  }

  static MatchPart of(Hit.Match match) {
    return new MatchPart(match.atMs(), match.endMs(), match.text(), match.momentId());
  }

  private static @Nullable Long end(@Nullable TimeSpan span) {
    return span == null || span.end() == null ? null : Long.valueOf(span.endMs());
  }

  static MomentPart of(Episode episode, StoredMoment stored) {
    Moment moment = stored.moment();
    TimeSpan span = moment.anchor().span().orElse(null);
    Long start = span == null ? null : Long.valueOf(span.startMs());
    Long from = moment.anchor().from().map(Timestamp::millis).orElse(null);
    return new MomentPart(
        stored.id(),
        moment.kind().id(),
        moment.title(),
        moment.text(),
        moment.speaker(),
        stored.source(),
        moment.section(),
        List.copyOf(moment.topics()),
        moment.details(),
        start,
        end(span),
        from,
        of(moment.anchor()),
        of(moment.check()),
        Links.of(episode, from, end(span)));
  }

  static EpisodeAnswer of(EpisodeEntry entry) {
    Episode episode = entry.episode();
    return new EpisodeAnswer(
        episode.id(),
        episode.title(),
        episode.show(),
        episode.date(),
        episode.durationMs(),
        episode.language(),
        episode.speakers(),
        episode.media(),
        episode.topics(),
        episode.description(),
        episode.season(),
        episode.number(),
        DeepLink.artwork(episode.picture()),
        entry.sources(),
        entry.alternatives().stream().map(Answers::of).toList(),
        entry.moments(),
        entry.words(),
        entry.problems(),
        DeepLink.page(episode.id(), null));
  }
}
