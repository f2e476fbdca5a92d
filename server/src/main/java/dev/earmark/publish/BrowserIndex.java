package dev.earmark.publish;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.earmark.index.StoredMoment;
import dev.earmark.model.Anchor;
import dev.earmark.model.Moment;
import dev.earmark.model.Timestamp;
import dev.earmark.model.VariableIntegers;
import dev.earmark.schema.HeardAs;
import dev.earmark.text.FunctionWords;
import dev.earmark.text.SpokenTerms;
import dev.earmark.text.Stemmer;
import dev.earmark.text.Words;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the script of a published site searches: the words of all moments with their positions, cut
 * into parts of which a search loads the few it needs.
 *
 * <p>All words of the site are numbered in a row: words that follow each other in speech, over
 * captions and speakers, have numbers that do; where speech does not go on there is a gap of
 * {@value #GAP}. So a phrase is found as the server finds it. The files:
 *
 * <ul>
 *   <li>{@code index/site.json}: episodes, names, and the first word of each part;
 *   <li>{@code index/moments.bin}: of each moment its words, time, speaker, kind and topics;
 *   <li>{@code index/words-N.bin}: the words of a part, in the order of UTF-16: for each in which
 *       languages it is a word of grammar, the other forms with its stem, where it is also said as
 *       two words, and its positions;
 *   <li>{@code index/text-N.json}: the texts of {@value #CHUNK} moments, with the times of their
 *       words.
 * </ul>
 *
 * <p>Numbers are variable-length integers, seven bits a byte, the lowest first. Not thread-safe.
 */
final class BrowserIndex {
  private static final int VERSION = 1;
  private static final int GAP = 100;
  private static final int CHUNK = 64;
  private static final int PART_BYTES = 24 << 10;
  private static final int MOST_PAIRS = 3;
  private static final char HAN_FROM = '\u4E00';
  private static final char HAN_TO = '\u9FFF';
  private static final int MOST_LANGUAGES = 16;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final SiteFolder site;
  private final ByteArrayOutputStream moments = new ByteArrayOutputStream();
  private final TreeMap<String, Positions> terms = new TreeMap<>();
  private final Map<String, Set<String>> formsOfStem = new HashMap<>();
  private final Map<String, Stemmer> stemmers = new HashMap<>();
  private final Map<String, Integer> momentsOfLanguage = new TreeMap<>();
  private final Names speakers = new Names();
  private final Map<String, Set<String>> spellings = new TreeMap<>();
  private final Names kinds = new Names();
  private final Names topics = new Names();
  private final List<Map<String, Object>> episodes = new ArrayList<>();
  private final Chunk chunk = new Chunk();
  private int chunks;
  private int count;
  private long position;

  BrowserIndex(SiteFolder site) {
    this.site = site;
  }

  /** The texts of some moments in a row. */
  private static final class Chunk {
    final List<String> text = new ArrayList<>();
    final List<String> words = new ArrayList<>();
    final List<String> times = new ArrayList<>();
  }

  /** Names in the order in which they were first seen. */
  private static final class Names {
    final Map<String, Integer> numbers = new LinkedHashMap<>();

    int of(String name) {
      return numbers.computeIfAbsent(name, absent -> numbers.size());
    }

    List<String> all() {
      return List.copyOf(numbers.keySet());
    }
  }

  /** Where a word is said, and the stems it has. */
  private static final class Positions {
    final ByteArrayOutputStream deltas = new ByteArrayOutputStream(8);
    final Set<String> stems = new TreeSet<>();
    int count;
    private long last;

    void add(long at) {
      if (count > 0 && at == last) {
        return;
      }
      VariableIntegers.write(deltas, at - last);
      last = at;
      count++;
    }

    /** Whether one of these is followed by one of the others. */
    boolean isBefore(Positions others) {
      VariableIntegers.Reader here = new VariableIntegers.Reader(deltas.toByteArray());
      VariableIntegers.Reader there = new VariableIntegers.Reader(others.deltas.toByteArray());
      long other = there.next();
      int read = 1;
      long at = 0;
      for (int i = 0; i < count; i++) {
        at += here.next();
        while (other < at + 1 && read < others.count) {
          other += there.next();
          read++;
        }
        if (other == at + 1) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * Adds an episode.
   *
   * @param facts what a list shows of it, and {@code page}, its file
   * @param all its moments
   */
  void add(Map<String, Object> facts, List<StoredMoment> all) throws IOException {
    Map<String, Object> episode = new LinkedHashMap<>(facts);
    episode.put("first", count);
    episodes.add(episode);
    List<StoredMoment> inOrder = new ArrayList<>(all);
    inOrder.sort(java.util.Comparator.comparingInt(StoredMoment::ordinal));
    long end = -1;
    long start = 0;
    for (StoredMoment stored : inOrder) {
      int gap = end >= 0 && stored.position() == end ? 0 : GAP;
      position += gap;
      Moment moment = stored.moment();
      Words words = Words.of(moment.text());
      start = row(stored, words.count(), gap, start);
      index(stored, words);
      text(moment, words);
      position += words.count();
      end = stored.position() + words.count();
      count++;
    }
    episode.put("moments", inOrder.size());
  }

  /** Writes what is known of a moment beside its text; gives when it starts. */
  private long row(StoredMoment stored, int words, int gap, long before) {
    Moment moment = stored.moment();
    VariableIntegers.write(moments, stored.ordinal());
    VariableIntegers.write(moments, gap);
    VariableIntegers.write(moments, words);
    VariableIntegers.write(moments, stored.person() == null ? 0 : 1 + speakers.of(stored.person()));
    if (stored.person() != null && !stored.person().equals(moment.speaker())) {
      spellings
          .computeIfAbsent(stored.person(), absent -> new TreeSet<>())
          .add(String.valueOf(moment.speaker()));
    }
    VariableIntegers.write(moments, kinds.of(moment.kind().id()));
    Timestamp from = moment.anchor().from().orElse(null);
    boolean exact = moment.anchor() instanceof Anchor.Exact;
    VariableIntegers.write(moments, from == null ? 0 : exact ? 1 : 2);
    long start = before;
    if (from != null) {
      start = from.millis();
      VariableIntegers.writeSigned(moments, start - before);
    }
    VariableIntegers.write(moments, moment.topics().size());
    moment.topics().forEach(topic -> VariableIntegers.write(moments, topics.of(topic)));
    return start;
  }

  private void index(StoredMoment stored, Words words) {
    String language = Stemmer.primary(stored.language());
    momentsOfLanguage.merge(language, 1, Integer::sum);
    Stemmer stemmer = stemmers.computeIfAbsent(language, Stemmer::forLanguage);
    List<List<String>> heard = HeardAs.of(stored.moment(), words.count());
    for (int i = 0; i < words.count(); i++) {
      add(words.folded(i), position + i, language, stemmer);
      if (!heard.isEmpty()) {
        for (String other : heard.get(i)) {
          if (SpokenTerms.isWord(other)) {
            add(other, position + i, language, stemmer);
          }
        }
      }
    }
  }

  private void add(String word, long at, String language, Stemmer stemmer) {
    String term = SpokenTerms.bounded(word);
    Positions positions = terms.computeIfAbsent(term, absent -> new Positions());
    positions.add(at);
    String stem = language + ':' + stemmer.stem(term);
    if (positions.stems.add(stem)) {
      formsOfStem.computeIfAbsent(stem, absent -> new TreeSet<>()).add(term);
    }
  }

  private void text(Moment moment, Words words) throws IOException {
    ByteArrayOutputStream places = new ByteArrayOutputStream();
    int end = 0;
    for (int i = 0; i < words.count(); i++) {
      VariableIntegers.write(places, words.start(i) - end);
      VariableIntegers.write(places, words.end(i) - words.start(i));
      end = words.end(i);
    }
    chunk.text.add(moment.text());
    chunk.words.add(Base64.getEncoder().encodeToString(places.toByteArray()));
    chunk.times.add(
        moment.times() == null ? "" : Base64.getEncoder().encodeToString(moment.times().toBytes()));
    if (chunk.text.size() == CHUNK) {
      endChunk();
    }
  }

  private void endChunk() throws IOException {
    if (!chunk.text.isEmpty()) {
      Map<String, Object> written = new LinkedHashMap<>();
      written.put("text", chunk.text);
      written.put("words", chunk.words);
      written.put("times", chunk.times);
      site.write("index/text-" + chunks + ".json", JSON.writeValueAsBytes(written));
      chunks++;
      chunk.text.clear();
      chunk.words.clear();
      chunk.times.clear();
    }
  }

  /** Writes what is left, and the list of all parts. */
  void finish() throws IOException {
    endChunk();
    site.write("index/moments.bin", moments.toByteArray());
    List<String> languages =
        momentsOfLanguage.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .map(Map.Entry::getKey)
            .toList();
    List<String> parts = new ArrayList<>();
    ByteArrayOutputStream part = new ByteArrayOutputStream();
    String first = null;
    for (Map.Entry<String, Positions> one : terms.entrySet()) {
      first = first == null ? one.getKey() : first;
      write(part, one.getKey(), one.getValue(), languages);
      if (part.size() >= PART_BYTES) {
        endPart(part, first, parts);
        first = null;
      }
    }
    if (first != null) {
      endPart(part, first, parts);
    }
    Map<String, Object> site = new LinkedHashMap<>();
    site.put("version", VERSION);
    site.put("chunk", CHUNK);
    site.put("words", terms.size());
    site.put("parts", parts);
    site.put("speakers", speakers.all());
    site.put("spellings", spellings);
    site.put("kinds", kinds.all());
    site.put("topics", topics.all());
    site.put("simplified", simplified());
    site.put("episodes", episodes);
    this.site.write("index/site.json", JSON.writeValueAsBytes(site));
  }

  /** Traditional Chinese characters by the simplified one that is said here for them. */
  private Map<String, String> simplified() {
    Map<String, String> simplified = new TreeMap<>();
    for (char c = HAN_FROM; c <= HAN_TO; c++) {
      String written = String.valueOf(c);
      String folded = Words.fold(written);
      if (!folded.equals(written) && terms.containsKey(folded)) {
        simplified.put(written, folded);
      }
    }
    return simplified;
  }

  private void endPart(ByteArrayOutputStream part, String first, List<String> parts)
      throws IOException {
    site.write("index/words-" + parts.size() + ".bin", part.toByteArray());
    parts.add(first);
    part.reset();
  }

  private void write(
      ByteArrayOutputStream part, String term, Positions positions, List<String> languages) {
    text(part, term);
    VariableIntegers.write(part, grammar(term, languages));
    Set<String> forms = new TreeSet<>();
    positions.stems.forEach(stem -> forms.addAll(formsOfStem.getOrDefault(stem, Set.of())));
    forms.remove(term);
    VariableIntegers.write(part, forms.size());
    forms.forEach(form -> text(part, form));
    List<Integer> cuts = cuts(term);
    VariableIntegers.write(part, cuts.size());
    cuts.forEach(cut -> VariableIntegers.write(part, cut));
    VariableIntegers.write(part, positions.count);
    VariableIntegers.write(part, positions.deltas.size());
    part.writeBytes(positions.deltas.toByteArray());
  }

  /** A bit for each language in which a word is one of grammar, the lowest for the first. */
  private static long grammar(String term, List<String> languages) {
    long bits = 0;
    for (int i = 0; i < Math.min(MOST_LANGUAGES, languages.size()); i++) {
      bits |= FunctionWords.of(languages.get(i)).contains(term) ? 1L << i : 0;
    }
    return bits;
  }

  /** Where a word may be cut into two that are said in a row somewhere: {@code e-mail}. */
  private List<Integer> cuts(String word) {
    List<Integer> cuts = new ArrayList<>();
    if (word.length() > 2 && word.chars().allMatch(Character::isLetter)) {
      for (int cut = 1; cut < word.length() && cuts.size() < MOST_PAIRS; cut++) {
        Positions before = positions(word.substring(0, cut));
        Positions after = positions(word.substring(cut));
        if (before != null && after != null && before.isBefore(after)) {
          cuts.add(cut);
        }
      }
    }
    return cuts;
  }

  private @Nullable Positions positions(String term) {
    return terms.get(term);
  }

  private static void text(ByteArrayOutputStream out, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    VariableIntegers.write(out, utf8.length);
    out.writeBytes(utf8);
  }
}
