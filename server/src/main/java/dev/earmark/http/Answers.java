package dev.earmark.http;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.earmark.describe.OneOf;
import dev.earmark.export.Line;
import dev.earmark.export.Links;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.IndexingProgress;
import dev.earmark.index.StoredMoment;
import dev.earmark.model.Anchor;
import dev.earmark.model.DeepLink;
import dev.earmark.model.Episode;
import dev.earmark.model.Kind;
import dev.earmark.model.Media;
import dev.earmark.model.Moment;
import dev.earmark.model.QuoteCheck;
import dev.earmark.model.Speaker;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import dev.earmark.query.NotUnderstood;
import dev.earmark.search.Explanation;
import dev.earmark.search.Hit;
import dev.earmark.search.Quotations;
import dev.earmark.search.SearchPage;
import dev.earmark.search.Similar;
import dev.earmark.search.Suggestion;
import dev.earmark.vector.EmbeddingProgress;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The shapes of the API's answers, from which their description is made. */
final class Answers {
  private Answers() {}

  record SearchAnswer(
      QueryPart query,
      @JsonPropertyDescription(
              "how many moments match in words; paging lists these and those of meaningTotal")
          long total,
      @JsonPropertyDescription(
              "how many of them match as the query has it, in any form of its words")
          long exactTotal,
      @JsonPropertyDescription(
              "how many have a word of the query only nearly, misheard or misspelt, within what is asked for, whether they are listed or not")
          long nearTotal,
      @JsonPropertyDescription(
              "how many more moments have only some of the words; match=any lists them, inside one episode they are listed last")
          long looserTotal,
      @JsonPropertyDescription(
              "how many more moments are listed that no word matches, since they are near in meaning; 0 with mode=words")
          long meaningTotal,
      @JsonInclude(JsonInclude.Include.NON_NULL)
          @JsonPropertyDescription("what there was to find by meaning; absent if nobody asked")
          @Nullable MeaningPart meaning,
      @JsonPropertyDescription(
              "what of the query had to be met together; null if it is no more than one thing")
          @Nullable MatchedPart matched,
      double tookMs,
      List<HitPart> hits,
      @JsonPropertyDescription("if grouped by episode; hits is then empty")
          @Nullable List<GroupPart> groups,
      @JsonPropertyDescription("how many episodes have a hit, if grouped")
          @Nullable Integer episodes,
      Map<String, List<SearchPage.FacetValue>> facets,
      @JsonPropertyDescription("how many values each facet has, listed or not")
          Map<String, Integer> facetSizes,
      @JsonPropertyDescription(
              "a query that would find more, if words of this one are never said or its phrase is not")
          @Nullable String didYouMean,
      @JsonPropertyDescription("the cursor to go on with; null at the end")
          @Nullable String next) {}

  record MatchedPart(
      List<String> words,
      @OneOf(SearchPage.Matched.Rule.class)
          @JsonPropertyDescription(
              "all of them; much of their weight; as many as any moment has, since none has all; any")
          String rule,
      @JsonPropertyDescription(
              "how many moments meet that; inside one episode those with some of the words are listed after them")
          long total,
      @JsonPropertyDescription("the same for people to read") String sentence) {}

  record MeaningPart(
      @JsonPropertyDescription("how many moments can be found by their meaning so far") int vectors,
      @JsonPropertyDescription("how many moments there are") int moments,
      @JsonPropertyDescription("whether the query was compared with them") boolean used,
      @JsonPropertyDescription("what is missing and why, for people to read; empty if nothing is")
          List<String> lacking) {}

  static @Nullable MeaningPart of(SearchPage.@Nullable Meaning meaning) {
    return meaning == null
        ? null
        : new MeaningPart(meaning.vectors(), meaning.moments(), meaning.used(), meaning.lacking());
  }

  record SimilarAnswer(
      @JsonPropertyDescription("the moment that all is like") MomentPart moment,
      EpisodePart episode,
      @JsonPropertyDescription("moments like it, nearest first; empty if grouped")
          List<HitPart> hits,
      @JsonPropertyDescription(
              "if grouped: other speakers or shows that speak of it, nearest first")
          List<AlikePart> groups,
      MeaningPart meaning) {}

  record AlikePart(
      @JsonPropertyDescription("of the speaker or the show") String name,
      @JsonPropertyDescription("how many moments of theirs are like it") int total,
      @JsonPropertyDescription("the nearest of them") List<HitPart> hits) {}

  static SimilarAnswer of(Similar similar) {
    return new SimilarAnswer(
        of(similar.episode(), similar.moment()),
        of(similar.episode()),
        similar.hits().stream().map(Answers::of).toList(),
        similar.groups().stream()
            .map(group ->
                new AlikePart(
                    group.name(), group.total(), group.hits().stream().map(Answers::of).toList()))
            .toList(),
        Objects.requireNonNull(of(similar.meaning())));
  }

  record QuotationsAnswer(
      QueryPart query,
      @JsonPropertyDescription("best first, none twice; empty if nothing here answers it")
          List<PassagePart> passages,
      @JsonInclude(JsonInclude.Include.NON_NULL)
          @JsonPropertyDescription("why there is no passage; absent if there is one")
          @Nullable String refusal,
      MeaningPart meaning) {}

  record PassagePart(
      @JsonPropertyDescription("what is said, word for word") String quotation,
      @Nullable String speaker,
      EpisodePart episode,
      @OneOf(Kind.class) String kind,
      String source,
      @JsonPropertyDescription("the id of the moment") String moment,
      @Nullable Long startMs,
      @Nullable Long endMs,
      @JsonPropertyDescription("the instant to jump to") @Nullable Long atMs,
      AnchorPart anchor,
      Links links,
      @JsonInclude(JsonInclude.Include.NON_NULL)
          @JsonPropertyDescription("how near what it means is to what the question means, a cosine")
          @Nullable Double nearness) {}

  static QuotationsAnswer of(Quotations found) {
    return new QuotationsAnswer(
        new QueryPart(found.text(), found.notUnderstood()),
        found.passages().stream().map(Answers::passage).toList(),
        found.passages().isEmpty() ? found.refusal() : null,
        Objects.requireNonNull(of(found.meaning())));
  }

  private static PassagePart passage(Hit hit) {
    Moment moment = hit.moment().moment();
    TimeSpan span = moment.anchor().span().orElse(null);
    Long start = span == null ? null : Long.valueOf(span.startMs());
    Long from = moment.anchor().from().map(Timestamp::millis).orElse(null);
    return new PassagePart(
        moment.text(),
        moment.speaker(),
        of(hit.episode()),
        moment.kind().id(),
        hit.moment().source(),
        hit.moment().id(),
        start,
        end(span),
        from,
        of(moment.anchor()),
        Links.of(hit.episode(), from, end(span)),
        rounded(hit.nearness()));
  }

  private static @Nullable Double rounded(@Nullable Double cosine) {
    return cosine == null ? null : Math.round(cosine * 1_000) / 1_000.0;
  }

  record QueryPart(String text, List<NotUnderstood> notUnderstood) {}

  record GroupPart(
      EpisodePart episode,
      @JsonPropertyDescription("how many of its moments match in words") int total,
      @JsonPropertyDescription("how many more are near in meaning") int meaningTotal,
      List<HitPart> hits) {}

  record HitPart(
      String id,
      @OneOf(Kind.class) String kind,
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
      @JsonPropertyDescription("the instant to jump to: where the match is spoken")
          @Nullable Long atMs,
      AnchorPart anchor,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable CheckPart check,
      SnippetPart snippet,
      List<MatchPart> matches,
      @JsonPropertyDescription(
              "moments soon after it in which words of the query are said that are not said in it, if several have to come together")
          List<FurtherPart> further,
      @OneOf(Hit.Why.class)
          @JsonPropertyDescription(
              "how the words were found, the weakest of them; meaning: no word was, it is near in meaning; null if nothing was searched for")
          @Nullable String why,
      Links links,
      double score,
      @JsonInclude(JsonInclude.Include.NON_NULL)
          @JsonPropertyDescription(
              "how near what it means is to what the query means, a cosine; absent where that was not compared")
          @Nullable Double nearness,
      @JsonInclude(JsonInclude.Include.NON_NULL) @JsonPropertyDescription("with explain=true")
          @Nullable Explanation explanation) {}

  record FurtherPart(
      String id, @Nullable String speaker, @Nullable Long atMs, SnippetPart snippet) {}

  record EpisodePart(
      String id,
      String title,
      @Nullable String show,
      @Nullable LocalDate date,
      @Nullable Long durationMs,
      @JsonInclude(JsonInclude.Include.NON_NULL)
          @JsonPropertyDescription(
              "where its picture is, or that of its show; absent if there is none")
          @Nullable String artwork) {}

  record AnchorPart(
      @OneOf(Anchors.class)
          @JsonPropertyDescription(
              "whether the source says when it is said, or it was worked out, or is not known")
          String type,
      @JsonPropertyDescription("from 0 to 1, if it was worked out") @Nullable Double confidence,
      @Nullable String how,
      @JsonInclude(JsonInclude.Include.NON_NULL)
          @JsonPropertyDescription(
              "from when on: the moment lies somewhere between startMs and endMs; absent where it is known when it begins")
          @Nullable Long startMs,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long endMs) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record CheckPart(
      @OneOf(QuoteCheck.Result.class)
          @JsonPropertyDescription("what the transcript of the recording says of a quotation")
          String result,
      @JsonPropertyDescription("when it is said") @Nullable Long atMs,
      @Nullable Long endMs,
      @JsonPropertyDescription("when its source says so, if it is said at another time")
          @Nullable Long statedMs,
      @JsonPropertyDescription("who says it, according to the transcript")
          @Nullable String speaker) {}

  record SnippetPart(
      String text,
      @JsonPropertyDescription("from a character to the one after the last, in UTF-16 units")
          List<RangePart> highlights) {}

  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  record RangePart(int from, int to) {}

  record MatchPart(
      @Nullable Long atMs,
      @Nullable Long endMs,
      String text,
      @JsonPropertyDescription("the id of the moment it begins in") String moment) {}

  record LinesAnswer(
      QueryPart query,
      @JsonPropertyDescription("how many moments match") long total,
      List<LinePart> lines,
      @JsonPropertyDescription("the cursor to go on with; null at the end")
          @Nullable String next) {}

  record LinePart(
      String before,
      String match,
      String after,
      EpisodePart episode,
      @Nullable String speaker,
      @OneOf(Kind.class) String kind,
      String source,
      @JsonPropertyDescription("the id of the moment it begins in") String moment,
      @JsonPropertyDescription("the instant to jump to: where the match is spoken")
          @Nullable Long atMs,
      @Nullable Long endMs,
      AnchorPart anchor,
      @OneOf(Hit.Why.class) @Nullable String why,
      Links links) {}

  record MomentPart(
      String id,
      @OneOf(Kind.class) String kind,
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

  record MomentsAnswer(
      String episode,
      int total,
      @JsonPropertyDescription(
              "whether something was left out because it would have taken more processor time than a request may")
          boolean partial,
      List<MomentPart> moments) {}

  record MatchesAnswer(
      String episode,
      QueryPart query,
      int total,
      @JsonPropertyDescription(
              "whether something was left out because it would have taken more processor time than a request may")
          boolean partial,
      List<MatchPart> matches) {}

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
      @JsonPropertyDescription("the season of the show that it is of") @Nullable Integer season,
      @JsonPropertyDescription("its number in the show or season") @Nullable Integer number,
      @JsonInclude(JsonInclude.Include.NON_NULL)
          @JsonPropertyDescription(
              "where its picture is, or that of its show; absent if there is none")
          @Nullable String artwork,
      List<EpisodeEntry.Source> sources,
      @JsonPropertyDescription(
              "transcripts that hold the same words as one of the sources: kept to be read, neither searched nor counted")
          List<AlternativePart> alternatives,
      int moments,
      long words,
      @JsonPropertyDescription("how many problems of each kind its sources have")
          Map<String, Integer> problems,
      String page) {}

  /** A transcript that is kept and not searched; {@code searched} names the one that is. */
  record AlternativePart(
      String name,
      String format,
      String language,
      int moments,
      long words,
      @JsonPropertyDescription("the name of the source that is searched in its stead")
          String searched) {}

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

  /** RFC 9457 problem details. */
  record ProblemAnswer(
      String type,
      String title,
      int status,
      String detail,
      String instance,
      @JsonInclude(JsonInclude.Include.NON_NULL)
          @JsonPropertyDescription("the parameter that is wrong; absent if it is none")
          @Nullable String parameter,
      @JsonPropertyDescription("the number under which the request was logged") String requestId) {}

  /** The types of anchors. */
  public enum Anchors {
    EXACT,
    ESTIMATED,
    UNPLACED;

    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  record EpisodesAnswer(
      int total,
      List<EpisodeAnswer> episodes,
      @JsonPropertyDescription("the cursor to go on with; null at the end")
          @Nullable String next) {}

  record SuggestAnswer(String query, List<SuggestionPart> suggestions) {}

  record SuggestionPart(
      String text,
      @OneOf(Suggestion.Type.class) String type,
      @JsonPropertyDescription("how many moments it stands for") int count,
      @JsonPropertyDescription("what to search for it; null if it is a place to go to")
          @Nullable String query,
      @JsonPropertyDescription("the page to go to; null if it is a query") @Nullable String page) {}

  record HealthAnswer(
      String status,
      int episodes,
      int moments,
      long generation,
      @JsonInclude(JsonInclude.Include.NON_NULL)
          @JsonPropertyDescription("absent while nothing is read")
          @Nullable IndexingPart indexing,
      @JsonInclude(JsonInclude.Include.NON_NULL)
          @JsonPropertyDescription("absent while no vectors are made")
          @Nullable EmbeddingPart embedding) {}

  record StatusAnswer(
      int episodes,
      int moments,
      @JsonPropertyDescription("grows with every change of the index") long generation,
      @JsonPropertyDescription("the size of the index on disk") long bytes,
      @JsonPropertyDescription("when the index was last changed") Instant changed,
      @JsonInclude(JsonInclude.Include.NON_NULL)
          @JsonPropertyDescription("absent while nothing is read")
          @Nullable IndexingPart indexing,
      @JsonInclude(JsonInclude.Include.NON_NULL)
          @JsonPropertyDescription("absent while no vectors are made")
          @Nullable EmbeddingPart embedding) {}

  /** How far the run is that fills the index; {@code text} says it in a line. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record IndexingPart(
      @JsonPropertyDescription("episodes that are read") int done,
      @JsonPropertyDescription("all episodes; absent while they are still looked for")
          @Nullable Integer total,
      @JsonPropertyDescription(
              "how long the rest will take, in milliseconds; absent while nobody can tell")
          @Nullable Long etaMs,
      @JsonPropertyDescription("the same in a line") String text) {}

  /** How far the vectors are made that find moments by meaning. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record EmbeddingPart(
      @JsonPropertyDescription("moments whose vector is made") int done,
      @JsonPropertyDescription("moments that are to have one: those in a language of the model")
          int total,
      @JsonPropertyDescription(
              "how long the rest will take, in milliseconds; absent while nobody can tell")
          @Nullable Long etaMs,
      @JsonPropertyDescription("the same in a line") String text) {}

  static EmbeddingPart of(EmbeddingProgress.State state) {
    return new EmbeddingPart(state.done(), state.total(), state.etaMs(), state.describe());
  }

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
        page.meaningTotal(),
        of(page.meaning()),
        page.matched() == null
            ? null
            : new MatchedPart(
                page.matched().words(), page.matched().rule().id(), page.meant(), page.sentence()),
        page.tookMs(),
        page.hits().stream().map(hits).toList(),
        byEpisode
            ? page.groups().stream()
                .map(group ->
                    new GroupPart(
                        of(group.episode()),
                        group.total(),
                        group.meaningTotal(),
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
        rounded(hit.nearness()),
        explanation);
  }

  private static SnippetPart of(Hit.Snippet snippet) {
    return new SnippetPart(
        snippet.text(),
        snippet.highlights().stream()
            .map(range -> new RangePart(range.from(), range.to()))
            .toList());
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
