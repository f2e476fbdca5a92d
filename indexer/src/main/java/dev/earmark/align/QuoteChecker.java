package dev.earmark.align;

import dev.earmark.corpus.SourceDocument;
import dev.earmark.model.Anchor;
import dev.earmark.model.Episode;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.Problem;
import dev.earmark.model.QuoteCheck;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import dev.earmark.text.PlainWords;
import dev.earmark.text.Quotations;
import dev.earmark.text.WordNumbers;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks every quotation up in the transcripts of a recording, whether its source gives it a time or
 * not.
 *
 * <p>Each gets a {@link QuoteCheck}. One that was said takes the place of the words; where its
 * source puts it elsewhere, that is kept beside it and told as a problem. What paragraphs quote, in
 * quotation marks or set apart by emphasis, becomes a moment of its own: always if it was said, and
 * else only if it stands in marks and is long enough to be meant as a quotation.
 *
 * <p>That words are not found says something only where the transcript is in the language of the
 * source; in another, the quotation is a translation. Few words are said by chance, so they count
 * as said only word for word, and are placed only where the place is sure. Not thread-safe.
 */
final class QuoteChecker {
  /** The name of a part of a moment that its author set apart by emphasis. */
  private static final String EMPHASIS = "emphasis";

  /** Fewer plain words than this may be said in any recording. */
  private static final int FEWEST_WORDS = 4;

  /**
   * What stands in marks in a paragraph and was not said is a quotation from this many words on.
   */
  private static final int FEWEST_UNSAID = 8;

  /** A time given by a source is right if the words are said this near to it. */
  private static final long NEAR_MS = 15_000;

  /** Only where a place is this sure, the time that a source gives is doubted. */
  private static final double SURE = 0.9;

  /** A place that fits this much of what the best one does may be the one that is meant. */
  private static final double AS_GOOD = 0.8;

  private static final int LONGEST_SHOWN = 60;

  private static final String NOT_FOUND = "quote-not-found";

  /** A transcript that covers less of the recording than this is one of a part. */
  private static final double WHOLE = 0.75;

  private static final long PAUSE_MS = 60_000;

  private final QuotePlacer placer;
  private final Set<String> languages = new HashSet<>();
  private final List<Problem> problems = new ArrayList<>();

  /** What the transcripts cover, in words, if that is not all of the recording; else null. */
  private final @Nullable String part;

  private QuoteChecker(Episode episode, SpokenTimeline transcripts, List<SourceDocument> sources) {
    part = part(episode, sources);
    placer = new QuotePlacer(transcripts);
    for (SourceDocument source : sources) {
      if (source.moments().stream().anyMatch(SpokenTimeline::isSpeech)) {
        languages.add(language(source));
      }
    }
  }

  /** One for the transcripts of an episode; null if there are none, or nothing but these. */
  static @Nullable QuoteChecker of(Episode episode, List<SourceDocument> sources) {
    boolean spoken = false;
    boolean written = false;
    for (SourceDocument source : sources) {
      for (Moment moment : source.moments()) {
        spoken |= SpokenTimeline.isSpeech(moment);
        written |= moment.kind() == Kind.QUOTE || mayQuote(moment);
      }
    }
    return spoken && written
        ? new QuoteChecker(episode, SpokenTimeline.ofTranscripts(episode, sources), sources)
        : null;
  }

  /** How much of the recording the timed transcripts cover, if that is not about all of it. */
  private static @Nullable String part(Episode episode, List<SourceDocument> sources) {
    long length = episode.durationMs() == null ? 0 : episode.durationMs();
    List<TimeSpan> spoken = new ArrayList<>();
    for (SourceDocument source : sources) {
      for (Moment moment : source.moments()) {
        TimeSpan span = moment.anchor().span().orElse(null);
        length = span == null ? length : Math.max(length, span.endMs());
        if (span != null && SpokenTimeline.isSpeech(moment)) {
          spoken.add(span);
        }
      }
    }
    spoken.sort(Comparator.comparingLong(TimeSpan::startMs));
    long covered = 0;
    long until = 0;
    for (TimeSpan span : spoken) {
      // Music and silence between two that speak are no part that is missing.
      boolean near = span.startMs() <= until + PAUSE_MS;
      covered += Math.max(0, span.endMs() - (near ? until : Math.max(until, span.startMs())));
      until = Math.max(until, span.endMs());
    }
    return spoken.isEmpty() || covered >= WHOLE * length
        ? null
        : Timestamp.clamped(covered).clock() + " of " + Timestamp.clamped(length).clock();
  }

  private static String language(SourceDocument source) {
    return source.language().split("-", 2)[0].toLowerCase(Locale.ROOT);
  }

  /** What was found out that somebody should look at. */
  List<Problem> problems() {
    return problems;
  }

  /** The moments of a source, with its quotations checked, and with those inside paragraphs. */
  List<Moment> check(SourceDocument source) {
    boolean comparable =
        languages.contains(language(source))
            || languages.contains("und")
            || language(source).equals("und");
    Set<String> known = new HashSet<>();
    for (Moment moment : source.moments()) {
      if (moment.kind() == Kind.QUOTE) {
        known.add(Words.fold(moment.body()));
      }
    }
    int before = problems.size();
    List<Moment> checked = new ArrayList<>();
    List<Moment> inside = new ArrayList<>();
    for (Moment moment : source.moments()) {
      if (!moment.continues()) {
        checked.addAll(inside);
        inside.clear();
      }
      checked.add(moment.kind() == Kind.QUOTE ? check(moment, comparable, source.name()) : moment);
      if (mayQuote(moment)) {
        addInside(moment, comparable, known, inside);
      }
    }
    checked.addAll(inside);
    gatherMissing(source, problems.subList(before, problems.size()));
    return checked;
  }

  /** Of a transcript of a part it says little that a quotation is not in it: that is told once. */
  private void gatherMissing(SourceDocument source, List<Problem> its) {
    int missing = (int) its.stream().filter(one -> one.code().equals(NOT_FOUND)).count();
    if (part == null || missing == 0) {
      return;
    }
    its.removeIf(one -> one.code().equals(NOT_FOUND));
    problems.add(
        new Problem(
            Problem.Severity.NOTICE,
            "transcript-of-a-part",
            source.name(),
            0,
            missing
                + (missing == 1 ? " quotation is" : " quotations are")
                + " not in the transcript, which covers only "
                + part,
            "marked so; with a transcript of the whole recording they can be checked"));
  }

  private static boolean mayQuote(Moment moment) {
    return !SpokenTimeline.isSpeech(moment)
        && moment.kind() != Kind.QUOTE
        && (moment.details().keySet().stream().anyMatch(QuoteChecker::isEmphasis)
            || !Quotations.saidIn(moment.text()).isEmpty());
  }

  private static boolean isEmphasis(String detail) {
    return detail.startsWith(EMPHASIS);
  }

  /** Adds what a paragraph quotes and its source has not as a quote already. */
  private void addInside(
      Moment moment, boolean comparable, Set<String> known, List<Moment> inside) {
    for (Quotations.Quotation quotation : Quotations.saidIn(moment.text())) {
      String words = withoutComma(quotation.in(moment.text()));
      if (known.add(Words.fold(words))) {
        Moment quote = check(quote(words, moment), comparable, null);
        QuoteCheck check = quote.check();
        boolean said = check != null && check.result() != QuoteCheck.Result.NOT_FOUND;
        if (said || (check != null && Words.of(words).count() >= FEWEST_UNSAID)) {
          inside.add(quote);
        }
      }
    }
    for (Map.Entry<String, String> detail : moment.details().entrySet()) {
      if (isEmphasis(detail.getKey()) && !known.contains(Words.fold(detail.getValue()))) {
        Moment quote = check(quote(detail.getValue(), moment), comparable, null);
        QuoteCheck check = quote.check();
        if (check != null && check.result() == QuoteCheck.Result.SAID && isPlaced(quote)) {
          known.add(Words.fold(detail.getValue()));
          inside.add(quote);
        }
      }
    }
  }

  private static boolean isPlaced(Moment moment) {
    return moment.anchor().span().isPresent();
  }

  /** The comma of the sentence around it stands inside the marks, as American printers set it. */
  private static String withoutComma(String words) {
    return words.endsWith(",") ? words.substring(0, words.length() - 1) : words;
  }

  private static Moment quote(String words, Moment within) {
    return Moment.builder(Kind.QUOTE, words).section(within.section()).line(within.line()).build();
  }

  /**
   * @param source its name, if a wrong time and words that were not said are to be told of
   */
  private Moment check(Moment quote, boolean comparable, @Nullable String source) {
    int words = PlainWords.of(quote.body(), new WordNumbers()).count();
    List<QuotePlacer.Candidate> candidates = placer.find(quote.body());
    if (words < FEWEST_WORDS) {
      candidates = candidates.stream().filter(QuotePlacer.Candidate::verbatim).toList();
    }
    boolean said =
        candidates.stream().anyMatch(QuotePlacer.Candidate::verbatim)
            || (!candidates.isEmpty() && candidates.getFirst().likely() >= Calibration.FLOOR);
    if (!said) {
      if (!comparable || words < FEWEST_WORDS) {
        return quote;
      }
      tell(
          source,
          quote,
          Problem.Severity.NOTICE,
          NOT_FOUND,
          "is not in the transcript",
          "it is marked so; if it was said, the transcript has it otherwise or lacks it");
      return quote.toBuilder().check(QuoteCheck.notFound()).build();
    }
    return quote.anchor() instanceof Anchor.Exact exact
        ? timed(quote, exact.at(), candidates, source)
        : untimed(quote, candidates);
  }

  /** A quotation whose source says when it was said. */
  private Moment timed(
      Moment quote,
      TimeSpan stated,
      List<QuotePlacer.Candidate> candidates,
      @Nullable String source) {
    QuotePlacer.Candidate best = candidates.getFirst();
    for (QuotePlacer.Candidate candidate : candidates) {
      if (candidate.raw() >= AS_GOOD * best.raw() && isNear(candidate, stated)) {
        return with(quote, candidate, null).build();
      }
    }
    TimeSpan at = best.at();
    double confidence = QuotePlacer.confidence(candidates);
    if (at == null || best.likely() < SURE || confidence < QuotePlacer.LEAST) {
      return quote.toBuilder()
          .check(new QuoteCheck(result(candidates), null, null, best.speaker()))
          .build();
    }
    tell(
        source,
        quote,
        Problem.Severity.WARNING,
        "quote-elsewhere",
        "is put at " + stated.start().clock() + "; it is said at " + at.start().clock(),
        "links go to where it is said; correct the time in the source");
    return with(quote, best, stated)
        .anchor(Anchor.estimated(at, confidence, QuotePlacer.HOW))
        .build();
  }

  private static boolean isNear(QuotePlacer.Candidate candidate, TimeSpan stated) {
    return candidate.at() != null
        && candidate.startMs() >= stated.startMs() - NEAR_MS
        && candidate.startMs() <= stated.endMs() + NEAR_MS;
  }

  private static Moment untimed(Moment quote, List<QuotePlacer.Candidate> candidates) {
    QuotePlacer.Candidate best = candidates.getFirst();
    double confidence = QuotePlacer.confidence(candidates);
    TimeSpan at = best.at();
    if (at != null && confidence < QuotePlacer.LEAST) {
      return quote.toBuilder().check(new QuoteCheck(result(candidates), null, null, null)).build();
    }
    Moment.Builder found = with(quote, best, null);
    return at == null
        ? found.build()
        : found.anchor(Anchor.estimated(at, confidence, QuotePlacer.HOW)).build();
  }

  private static Moment.Builder with(
      Moment quote, QuotePlacer.Candidate found, @Nullable TimeSpan stated) {
    QuoteCheck.Result result =
        found.verbatim() ? QuoteCheck.Result.SAID : QuoteCheck.Result.REWORDED;
    return quote.toBuilder().check(new QuoteCheck(result, found.at(), stated, found.speaker()));
  }

  private static QuoteCheck.Result result(List<QuotePlacer.Candidate> candidates) {
    return candidates.stream().anyMatch(QuotePlacer.Candidate::verbatim)
        ? QuoteCheck.Result.SAID
        : QuoteCheck.Result.REWORDED;
  }

  private void tell(
      @Nullable String source,
      Moment quote,
      Problem.Severity severity,
      String code,
      String what,
      String remedy) {
    if (source != null) {
      String words = quote.body().replace('\n', ' ');
      int end =
          words.length() <= LONGEST_SHOWN ? words.length() : words.lastIndexOf(' ', LONGEST_SHOWN);
      String shown = words.substring(0, end > 0 ? end : LONGEST_SHOWN);
      String more = shown.length() < words.length() ? "…" : "";
      problems.add(
          new Problem(
              severity,
              code,
              source,
              quote.line(),
              "the quotation \"" + shown + more + "\" " + what,
              remedy));
    }
  }
}
