package dev.earmark.search.lucene;

import dev.earmark.index.StoredMoment;
import dev.earmark.index.lucene.LuceneIndex;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.Words;
import dev.earmark.schema.Schema;
import dev.earmark.search.SpeakerProfile;
import dev.earmark.search.SpeakerProfile.Appearance;
import dev.earmark.search.SpeakerProfile.TypicalWord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.TermQuery;
import org.jspecify.annotations.Nullable;

/**
 * Reads all that somebody says, and tells what is typical of it.
 *
 * <p>A word is typical if it makes up more of what they say than of all else. How surely is told by
 * the log-likelihood ratio of the two frequencies, which unlike others can be trusted for rare
 * words (T. Dunning, <i>Accurate Methods for the Statistics of Surprise and Coincidence</i>,
 * Computational Linguistics 19, 1993; in the form of P. Rayson and R. Garside, <i>Comparing Corpora
 * using Frequency Profiling</i>, 2000). A word of one episode is that episode's, not theirs:
 * somebody who is heard in several must say it in two.
 *
 * <p>Not thread-safe; one a speaker.
 */
final class SpeakerReader {
  private static final int MOST_TYPICAL = 30;
  private static final int LEAST_TIMES = 3;
  private static final int SHORTEST = 3;

  /** What is said a little more often is surely so in a large corpus, and tells nobody anything. */
  private static final double LEAST_RATIO = 1.5;

  /** By chance, a word in 10,000 would be above this. */
  private static final double LEAST_SCORE = 15.13;

  private final Snapshot snapshot;
  private final Map<String, Voice> voices = new LinkedHashMap<>();
  private final Map<String, Said> said = new HashMap<>();
  private @Nullable String name;

  /** What somebody says in an episode. */
  private static final class Voice {
    private final List<TimeSpan> spans = new ArrayList<>();
    private int moments;
    private long words;

    /** How long they talk, each instant counted once; null if nothing of it has a time. */
    @Nullable Long talkMs() {
      if (spans.isEmpty()) {
        return null;
      }
      spans.sort(Comparator.comparingLong(TimeSpan::startMs));
      long sum = 0;
      long until = 0;
      for (TimeSpan span : spans) {
        sum += Math.max(0, span.endMs() - Math.max(until, span.startMs()));
        until = Math.max(until, span.endMs());
      }
      return sum;
    }
  }

  /** How often a word is said, and in how many episodes. */
  private static final class Said {
    private String written;
    private long times;
    private int episodes;
    private @Nullable Voice last;

    Said(String written) {
      this.written = written;
    }
  }

  SpeakerReader(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /** What there is of a name, however its case and accents are written; empty if nothing is. */
  Optional<SpeakerProfile> read(String wanted) throws IOException {
    TermQuery theirs = new TermQuery(new Term("speaker", LuceneIndex.label(Words.fold(wanted))));
    read(theirs, Kind.SEGMENT);
    if (said.isEmpty()) {
      // All that is there of some is what others quote.
      read(theirs, Kind.QUOTE);
    }
    int all = snapshot.count(theirs);
    if (all == 0) {
      return Optional.empty();
    }
    List<Appearance> episodes = new ArrayList<>();
    long words = 0;
    Long talkMs = null;
    for (Map.Entry<String, Voice> one : voices.entrySet()) {
      Voice voice = one.getValue();
      Long talk = voice.talkMs();
      words += voice.words;
      if (talk != null) {
        talkMs = talkMs == null ? talk : Long.valueOf(talkMs + talk);
      }
      episodes.add(
          new Appearance(snapshot.episode(one.getKey()), voice.moments, voice.words, talk));
    }
    episodes.sort(
        Comparator.comparing(
            (Appearance one) -> one.episode().date(),
            Comparator.nullsLast(Comparator.reverseOrder())));
    return Optional.of(
        new SpeakerProfile(
            name == null ? wanted : name, all, words, talkMs, episodes, typical(words)));
  }

  private void read(TermQuery theirs, Kind kind) throws IOException {
    StoredFields fields = snapshot.storedFields();
    MomentScan.run(
        snapshot,
        theirs,
        new MomentScan.Visitor() {
          private int base;

          @Override
          public void enter(LeafReaderContext leaf) {
            base = leaf.docBase;
          }

          @Override
          public void visit(int document) throws IOException {
            if (kind != Kind.SEGMENT || snapshot.tally().isSaid(base + document)) {
              add(snapshot.moment(fields, base + document), kind);
            }
          }
        });
  }

  private void add(StoredMoment stored, Kind kind) {
    Moment moment = stored.moment();
    if (moment.kind() != kind) {
      return;
    }
    name = name == null ? moment.speaker() : name;
    Voice voice = voices.computeIfAbsent(stored.episodeId(), id -> new Voice());
    voice.moments++;
    if (kind == Kind.SEGMENT) {
      moment.anchor().span().filter(span -> span.durationMs() > 0).ifPresent(voice.spans::add);
    }
    Words words = Words.of(moment.body());
    voice.words += words.count();
    for (int word = 0; word < words.count(); word++) {
      String folded = words.folded(word);
      Said one = said.get(folded);
      if (one == null) {
        one = new Said(words.word(word));
        said.put(folded, one);
      }
      if (Character.isUpperCase(one.written.charAt(0))) {
        // At the start of a sentence every word is written so; a name always is.
        one.written = words.word(word);
      }
      one.times++;
      if (one.last != voice) {
        one.last = voice;
        one.episodes++;
      }
    }
  }

  private List<TypicalWord> typical(long theirWords) throws IOException {
    long others = Math.max(0, snapshot.tally().allWords() - theirWords);
    int leastEpisodes = voices.size() > 2 ? 2 : 1;
    List<TypicalWord> typical = new ArrayList<>();
    for (Map.Entry<String, Said> one : said.entrySet()) {
      String word = one.getKey();
      long here = one.getValue().times;
      if (here < LEAST_TIMES
          || one.getValue().episodes < leastEpisodes
          || word.length() < SHORTEST
          || !word.chars().allMatch(Character::isLetter)) {
        continue;
      }
      long everywhere = snapshot.getIndexReader().totalTermFreq(new Term(Schema.TEXT_FIELD, word));
      long elsewhere = Math.max(0, everywhere - here);
      double score = logLikelihood(here, theirWords, elsewhere, others);
      boolean notably = (double) here / theirWords >= LEAST_RATIO * elsewhere / Math.max(1, others);
      if (notably && score >= LEAST_SCORE) {
        typical.add(
            new TypicalWord(
                one.getValue().written, here, elsewhere, Math.round(score * 10) / 10.0));
      }
    }
    typical.sort(
        Comparator.comparingDouble(TypicalWord::score).reversed().thenComparing(TypicalWord::word));
    return typical.subList(0, Math.min(MOST_TYPICAL, typical.size()));
  }

  /**
   * The log-likelihood ratio of a word that is said {@code a} times in {@code c} words and {@code
   * b} times in {@code d} others; 0 if it is no more frequent in the first.
   */
  static double logLikelihood(long a, long c, long b, long d) {
    if (c == 0 || d == 0 || (double) a / c <= (double) b / d) {
      return 0;
    }
    double expectedHere = (double) c * (a + b) / (c + d);
    double expectedThere = (double) d * (a + b) / (c + d);
    double there = b == 0 ? 0 : b * Math.log(b / expectedThere);
    return 2 * (a * Math.log(a / expectedHere) + there);
  }
}
