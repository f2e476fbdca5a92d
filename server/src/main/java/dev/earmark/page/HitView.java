package dev.earmark.page;

import dev.earmark.model.Anchor;
import dev.earmark.model.DeepLink;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import dev.earmark.search.Explanation;
import dev.earmark.search.Hit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A hit as it is shown.
 *
 * @param kind such as {@code Prediction}; empty for what is simply said
 * @param kindId such as {@code prediction}; for the style sheet
 * @param keyDetail the price or the horizon; null if it has none
 * @param time where to jump to, such as {@code 13:55}; null if it is not placed
 * @param estimated whether that was worked out
 * @param placing how that is known; empty if its source says so
 * @param check what the transcript says of it, if it is a quotation
 * @param checked the result of that, for the style sheet
 * @param title its heading; empty if it has none
 * @param text what it says
 * @param language its {@code lang}; null if it is that of the page
 * @param speaker who says it; null if nobody does
 * @param form what kind of document it stands in; empty if its kind says that
 * @param source the name of that document
 * @param episode the recording
 * @param page the page of the episode, at this moment
 * @param link the same to send to others: by second and words, which outlast the number of a moment
 * @param player what plays it on the page; null if nothing does or it is not placed
 * @param untilMs where what is said there ends, in milliseconds; null if it is not placed
 * @param further what is said soon after it with more words of the query
 * @param quoted the words to quote where they are others than those shown: without what somebody
 *     else goes on to say; null if they are those
 * @param document what it is quoted from if nobody says it; null if somebody does
 * @param more how many matches it has beside the first
 * @param explanation why it scores what it does, a line a value; null if nobody asked
 * @param nearly whether a word of the query is only nearly said in it
 * @param meant whether no word of the query is said in it, and it is near in meaning
 * @param similar the page of what is like it; null if nothing is known of that
 */
public record HitView(
    String kind,
    String kindId,
    @Nullable String keyDetail,
    @Nullable String time,
    boolean estimated,
    String placing,
    @Nullable String check,
    @Nullable String checked,
    List<Run> title,
    List<Run> text,
    @Nullable String language,
    @Nullable String speaker,
    String form,
    String source,
    EpisodeLine episode,
    String page,
    String link,
    @Nullable Player player,
    @Nullable Long untilMs,
    List<FurtherView> further,
    @Nullable String quoted,
    @Nullable String document,
    int more,
    @Nullable String explanation,
    boolean nearly,
    boolean meant,
    @Nullable String similar) {

  private static final long USUALLY_PLAYED_MS = 10_000;
  private static final long LEAST_PLAYED_MS = 1_000;

  /**
   * A moment soon after a hit.
   *
   * @param time where to jump to; null if it is not placed
   * @param page the page of the episode, there
   * @param speaker who says it; null if nobody does
   */
  public record FurtherView(
      @Nullable String time, String page, @Nullable String speaker, List<Run> text) {

    private static FurtherView of(Hit hit, Hit.Further further, String query) {
      Timestamp at = further.atMs() == null ? null : Timestamp.clamped(further.atMs());
      Hit.Snippet snippet = further.snippet();
      return new FurtherView(
          at == null ? null : at.clock(),
          DeepLink.page(hit.episode().id(), at, query),
          further.speaker(),
          Run.of(snippet.text(), snippet.highlights(), 0, snippet.text().length()));
    }
  }

  /** Which way its text runs. */
  public String direction() {
    return Direction.of(text);
  }

  /** Which way its title runs. */
  public String titleDirection() {
    return Direction.of(title);
  }

  static HitView of(Hit hit, String query) {
    return of(hit, query, null, false);
  }

  /**
   * @param explanation why it stands there; null if nobody asked
   * @param similar whether what is like it can be found
   */
  static HitView of(Hit hit, String query, @Nullable Explanation explanation, boolean similar) {
    Moment moment = hit.moment().moment();
    Long atMs = hit.atMs();
    Timestamp at = atMs == null ? null : Timestamp.clamped(atMs);
    Hit.Snippet snippet = hit.snippet();
    String text = snippet.text();
    String title = moment.title() == null ? "" : moment.title();
    boolean opens = !title.isEmpty() && (text + "\n").startsWith(title + "\n");
    int bodyFrom = opens ? Math.min(text.length(), title.length() + 1) : 0;
    Hit.Range body = MomentText.body(text, snippet.highlights(), moment, bodyFrom);
    return new HitView(
        Labels.isSaid(moment) ? "" : Labels.kind(moment.kind()),
        moment.kind().id(),
        Labels.keyDetail(moment),
        at == null ? null : Labels.when(moment.anchor(), at),
        moment.anchor() instanceof Anchor.Estimated && moment.anchor().stretch().isEmpty(),
        Labels.placing(moment.anchor()),
        Labels.check(moment),
        moment.check() == null ? null : moment.check().result().id(),
        opens ? Run.of(text, snippet.highlights(), 0, title.length()) : Run.plain(title),
        Run.correctedSnippet(
            Run.of(text, snippet.highlights(), body.from(), body.to()), text, moment, body.from()),
        Labels.languageAttribute(hit.moment().language()),
        moment.speaker(),
        Labels.form(hit.moment()),
        hit.moment().source(),
        EpisodeLine.of(hit.episode(), query),
        DeepLink.page(hit.episode().id(), at, query) + MomentText.anchor(hit.moment()),
        DeepLink.page(hit.episode().id(), at, query),
        at == null ? null : Player.of(hit.episode(), TimeSpan.from(at)),
        atMs == null ? null : until(moment.anchor(), atMs),
        hit.further().stream().map(further -> FurtherView.of(hit, further, query)).toList(),
        quoted(snippet.text(), moment.text()),
        Labels.isSaid(moment) || moment.speaker() != null
            ? null
            : Labels.words(hit.moment().format()),
        Math.max(0, hit.matches().size() - 1),
        explanation == null ? null : explanation.toText(),
        hit.why() == Hit.Why.FUZZY,
        hit.why() == Hit.Why.MEANING,
        similar ? PageAddress.similar(hit.moment().id()) : null);
  }

  /** Some seconds after its start if nobody said when a moment ends. */
  private static long until(Anchor anchor, long atMs) {
    TimeSpan span = anchor.stretch().isPresent() ? null : anchor.span().orElse(null);
    return span == null || span.end() == null || span.endMs() <= span.startMs()
        ? atMs + USUALLY_PLAYED_MS
        : Math.max(span.endMs(), atMs + LEAST_PLAYED_MS);
  }

  /**
   * What a moment has of a snippet that runs on into the next, which somebody else may say; null if
   * the snippet is all its own.
   */
  private static @Nullable String quoted(String snippet, String text) {
    String inner = snippet.startsWith("… ") ? snippet.substring(2) : snippet;
    inner = inner.endsWith(" …") ? inner.substring(0, inner.length() - 2) : inner;
    if (text.contains(inner)) {
      return null;
    }
    int end = inner.length();
    while (end > 0 && !text.endsWith(inner.substring(0, end).strip())) {
      end = inner.lastIndexOf(' ', end - 1);
    }
    return end <= 0
        ? null
        : (snippet.startsWith("… ") ? "… " : "") + inner.substring(0, end).strip();
  }
}
