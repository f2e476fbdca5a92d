package dev.earmark.page;

import dev.earmark.index.StoredMoment;
import dev.earmark.model.Anchor;
import dev.earmark.model.DeepLink;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeMap;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import dev.earmark.search.Hit.Range;
import dev.earmark.text.Words;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A moment on the page of its episode.
 *
 * @param id names it on the page
 * @param kind such as {@code Prediction}
 * @param kindId such as {@code prediction}; for the style sheet
 * @param keyDetail the price or the horizon; null if it has none
 * @param time when it starts, such as {@code 13:55}, or in which stretch it lies; null if it is not
 *     placed
 * @param page the page at that instant; null if it is not placed
 * @param fromMs when it starts, for the script; null if it is not placed
 * @param toMs when it ends; null if it is not placed
 * @param stretch from when to when it lies somewhere, such as {@code 0,9000}, for the script; null
 *     if it is known when it starts
 * @param estimated whether that was worked out, to an instant
 * @param placing how that is known; empty if its source says so
 * @param check what the transcript says of it, if it is a quotation
 * @param checked the result of that, for the style sheet
 * @param title its heading; empty if it has none
 * @param text what it says
 * @param speaker who says it; null if nobody does
 * @param colour the number of the speaker's colour, from 1; 0 for nobody
 * @param current whether it is the one the page is about
 * @param notes what other documents say of it
 * @param place the address, on the page, of the moment of the main document it belongs to; null if
 *     there is none
 * @param times when its words are spoken, see {@link #times}; null if they are not
 */
public record MomentView(
    String id,
    String kind,
    String kindId,
    @Nullable String keyDetail,
    @Nullable String time,
    @Nullable String page,
    @Nullable Long fromMs,
    @Nullable Long toMs,
    @Nullable String stretch,
    boolean estimated,
    String placing,
    @Nullable String check,
    @Nullable String checked,
    List<Run> title,
    List<Run> text,
    @Nullable String speaker,
    int colour,
    boolean current,
    @Nullable String times,
    List<NoteView> notes,
    @Nullable String place) {

  /** Which way its text runs. */
  public String direction() {
    return Direction.of(text);
  }

  /** Which way its title runs. */
  public String titleDirection() {
    return Direction.of(title);
  }

  private static final long SAMPLE_MS = 1_000;

  static MomentView of(
      StoredMoment stored, List<Range> marked, Margin margin, int colour, boolean current) {
    Moment moment = stored.moment();
    TimeSpan span = moment.anchor().span().orElse(null);
    Timestamp from = moment.anchor().from().orElse(null);
    String text = moment.text();
    int titleEnd = moment.title() == null ? 0 : moment.title().length();
    int bodyFrom = moment.title() == null ? 0 : Math.min(text.length(), titleEnd + 1);
    Range body = MomentText.body(text, marked, moment, bodyFrom);
    return new MomentView(
        MomentText.id(stored),
        Labels.kind(moment.kind()),
        moment.kind().id(),
        Labels.keyDetail(moment),
        from == null ? null : Labels.when(moment.anchor(), from),
        from == null ? null : DeepLink.page(stored.episodeId(), from) + MomentText.anchor(stored),
        from == null ? null : from.millis(),
        span == null ? null : span.endMs(),
        moment.anchor().stretch().map(part -> part.startMs() + "," + part.endMs()).orElse(null),
        moment.anchor() instanceof Anchor.Estimated && moment.anchor().stretch().isEmpty(),
        Labels.placing(moment.anchor()),
        Labels.check(moment),
        moment.check() == null ? null : moment.check().result().id(),
        Run.of(text, marked, 0, titleEnd),
        Run.corrected(Run.of(text, marked, body.from(), body.to()), moment, body.from()),
        moment.speaker(),
        colour,
        current,
        moment.title() == null && span != null ? times(moment, span.start()) : null,
        margin.beside(stored),
        margin.placeOf(stored));
  }

  /**
   * When the words of a spoken text are heard, about one a second: pairs {@code character,time},
   * the character as its distance in UTF-16 units from the one before, the time in hundredths of a
   * second from the start of the moment. Between two of them a reader interpolates.
   */
  private static @Nullable String times(Moment moment, Timestamp start) {
    TimeMap map = moment.times();
    if (map == null) {
      return null;
    }
    Words words = Words.of(moment.text());
    StringBuilder times = new StringBuilder();
    int character = 0;
    long last = Long.MIN_VALUE / 2;
    for (int word = 0; word < Math.min(words.count(), map.words()); word++) {
      long at = map.startOf(word);
      if (at - last >= SAMPLE_MS) {
        times
            .append(times.isEmpty() ? "" : " ")
            .append(words.start(word) - character)
            .append(',')
            .append(Math.max(0, at - start.millis()) / 10);
        character = words.start(word);
        last = at;
      }
    }
    return times.isEmpty() ? null : times.toString();
  }
}
