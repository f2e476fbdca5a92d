package dev.earmark.index.opensearch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.earmark.corpus.Thumbnail;
import dev.earmark.index.EntryJson;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.MomentCodec;
import dev.earmark.schema.Field;
import dev.earmark.schema.HeardAs;
import dev.earmark.schema.IndexedMoment;
import dev.earmark.schema.Schema;
import dev.earmark.text.Phones;
import dev.earmark.text.SpokenTerms;
import dev.earmark.text.Stemmer;
import dev.earmark.text.Words;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * An episode as the lines of bulk requests: {@link Mapping} says what a document holds.
 *
 * <p>Not thread-safe; what it remembers of stems is worth keeping for the next episode.
 */
final class EpisodeLines {
  /** A phrase of one word more is found over any boundary. */
  static final int CONTINUATION = 7;

  private static final JsonFactory JSON = new JsonFactoryBuilder().rootValueSeparator("").build();

  /** Longer words are not looked for by what they are like. */
  private static final int LONGEST_WORD = 64;

  private final Map<String, Stemmer> stemmers = new HashMap<>();

  /** The words of the episode, and how many of its moments have each. */
  private final Map<String, Integer> said = new HashMap<>();

  /** The words of a moment, as terms. */
  private record Spoken(IndexedMoment moment, String[] words, List<List<String>> heard) {
    static Spoken of(IndexedMoment moment) {
      String[] words = Words.of(moment.moment().text()).folded();
      List<List<String>> heard = HeardAs.of(moment.moment(), words.length);
      Arrays.setAll(words, i -> OpenSearchTerms.word(words[i]));
      return new Spoken(moment, words, heard);
    }

    /** What was heard at a word, as terms other than the word's. */
    List<String> heardAt(int word) {
      return heard.isEmpty()
          ? List.of()
          : heard.get(word).stream()
              .map(OpenSearchTerms::word)
              .filter(term -> !term.equals(words[word]))
              .toList();
    }

    /** All terms of the moment: its words and what was heard in their place. */
    List<String> terms() {
      List<String> terms = new ArrayList<>(Arrays.asList(words));
      for (int word = 0; word < heard.size(); word++) {
        terms.addAll(heardAt(word));
      }
      return terms;
    }

    boolean goesOnIn(Spoken next) {
      return next.moment.position() == moment.position() + words.length;
    }
  }

  /** Takes lines one document at a time. */
  interface Lines {
    void add(String id, byte[] lines) throws IOException;
  }

  /** Gives the moments of an episode in their order. */
  void moments(List<IndexedMoment> moments, Lines lines) throws IOException {
    said.clear();
    List<Spoken> spoken = new ArrayList<>(moments.size());
    for (IndexedMoment moment : moments) {
      spoken.add(Spoken.of(moment));
    }
    Surroundings around =
        new Surroundings(
            moments,
            spoken.stream()
                .map(one -> one.terms().stream().filter(SpokenTerms::isWord).toList())
                .toList(),
            spoken.stream().mapToInt(one -> one.words.length).toArray(),
            this::stemmer);
    for (int i = 0; i < spoken.size(); i++) {
      IndexedMoment moment = moments.get(i);
      String id = momentId(moment.episode().id(), moment.ordinal());
      lines.add(id, document(id, moment.episode().id(), spoken, i, around.of(i)));
    }
  }

  private Stemmer stemmer(String language) {
    return stemmers.computeIfAbsent(language, Stemmer::forLanguage);
  }

  /** What OpenSearch calls a moment. */
  static String momentId(String episodeId, int ordinal) {
    return episodeId + "#" + ordinal;
  }

  /** Gives those words of the episode that are wanted. */
  void words(Predicate<String> wanted, Lines lines) throws IOException {
    for (Map.Entry<String, Integer> one : said.entrySet()) {
      if (one.getKey().length() <= LONGEST_WORD && wanted.test(one.getKey())) {
        lines.add(wordId(one.getKey()), word(one.getKey(), one.getValue()));
      }
    }
  }

  private static String wordId(String word) {
    return "=" + word;
  }

  private static byte[] word(String word, int moments) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      action(json, "index", wordId(word), word);
      json.writeStartObject();
      json.writeStringField(Mapping.WORD, OpenSearchTerms.wellFormed(word));
      json.writeStringField(Mapping.SOUND, OpenSearchTerms.wellFormed(Phones.of(word)));
      json.writeNumberField(Mapping.OFTEN, moments);
      json.writeEndObject();
      json.writeRaw('\n');
    }
    return bytes.toByteArray();
  }

  /** What OpenSearch calls the entry of an episode. */
  static String entryId(String episodeId) {
    return episodeId + "#";
  }

  private byte[] document(
      String id, String episodeId, List<Spoken> spoken, int number, String around)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      action(json, "index", id, episodeId);
      json.writeStartObject();
      Spoken own = spoken.get(number);
      for (Field field : Schema.FIELDS) {
        write(json, field, own.moment, spoken, number);
      }
      List<String> terms = own.terms();
      List<String> words = terms.stream().filter(SpokenTerms::isWord).toList();
      List<String> stems = stems(words, own.moment.language());
      text(json, Mapping.STEMS, stems);
      if (!around.isEmpty()) {
        json.writeStringField(Mapping.AROUND, OpenSearchTerms.wellFormed(around));
      }
      new LinkedHashSet<>(words).forEach(word -> said.merge(word, 1, Integer::sum));
      List<String> heard =
          terms.stream().filter(term -> term.startsWith(SpokenTerms.firstHeard())).toList();
      if (!heard.isEmpty()) {
        texts(json, Mapping.HEARD, new LinkedHashSet<>(heard));
      }
      json.writeNumberField(Mapping.WORDS, own.words.length);
      json.writeEndObject();
      json.writeRaw('\n');
    }
    return bytes.toByteArray();
  }

  private void write(
      JsonGenerator json, Field field, IndexedMoment moment, List<Spoken> spoken, int number)
      throws IOException {
    List<?> values = field.values().apply(moment);
    if (values.isEmpty()) {
      return;
    }
    switch (field.type()) {
      case TEXT -> text(json, field.name(), withContinuation(spoken, number));
      case CONTEXT -> text(json, field.name(), context(values));
      case KEY -> texts(json, field.name(), labels(values));
      case NAME -> {
        texts(json, field.name(), labels(values));
        List<String> keys = new ArrayList<>();
        values.forEach(value -> keys.add(field.key(value.toString())));
        field.aliases().apply(moment).forEach(alias -> keys.add(field.key(alias)));
        texts(json, Mapping.lookedUp(field), labels(keys));
      }
      case NUMBER -> {
        json.writeArrayFieldStart(field.name());
        for (Object value : values) {
          json.writeNumber((Long) value);
        }
        json.writeEndArray();
      }
      case STORED -> {
        json.writeFieldName(field.name());
        json.writeBinary(MomentCodec.encode(moment));
      }
    }
  }

  private static Set<String> labels(List<?> values) {
    Set<String> labels = new LinkedHashSet<>();
    for (Object value : values) {
      labels.add(Schema.label(value.toString()));
    }
    return labels;
  }

  private static List<String> withContinuation(List<Spoken> spoken, int number) {
    Spoken last = spoken.get(number);
    List<String> words = new ArrayList<>();
    for (int word = 0; word < last.words.length; word++) {
      words.add(OpenSearchTerms.at(last.words[word], last.heardAt(word)));
    }
    int end = words.size() + CONTINUATION;
    for (int i = number + 1; i < spoken.size() && words.size() < end; i++) {
      Spoken next = spoken.get(i);
      if (!last.goesOnIn(next)) {
        break;
      }
      for (int word = 0; word < next.words.length && words.size() < end; word++) {
        words.add(
            OpenSearchTerms.at(
                OpenSearchTerms.continued(next.words[word]),
                next.heardAt(word).stream().map(OpenSearchTerms::continued).toList()));
      }
      last = next;
    }
    return words;
  }

  private static List<String> context(List<?> values) {
    List<String> words = new ArrayList<>();
    for (Object value : values) {
      String[] folded = Words.of(value.toString()).folded();
      Arrays.setAll(folded, i -> OpenSearchTerms.word(folded[i]));
      words.addAll(Arrays.asList(folded));
    }
    return words;
  }

  private List<String> stems(List<String> words, String language) {
    String primary = Stemmer.primary(language);
    Stemmer stemmer = stemmer(primary);
    List<String> stems = new ArrayList<>();
    for (String word : words) {
      String stem = stemmer.stem(word);
      if (!stem.equals(word)) {
        stems.add(OpenSearchTerms.stem(primary, stem));
      }
    }
    return stems;
  }

  private static void text(JsonGenerator json, String name, Collection<String> words)
      throws IOException {
    if (!words.isEmpty()) {
      json.writeStringField(name, OpenSearchTerms.wellFormed(String.join(" ", words)));
    }
  }

  private static void texts(JsonGenerator json, String name, Collection<String> texts)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(OpenSearchTerms.wellFormed(text));
    }
    json.writeEndArray();
  }

  /** The line that puts an episode's entry in its place, and the words of its alternatives. */
  static byte[] entry(EpisodeEntry entry, List<IndexedMoment> alternatives) throws IOException {
    String id = entry.episode().id();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      action(json, "index", entryId(id), id);
      json.writeStartObject();
      json.writeStringField(Mapping.ENTRY, OpenSearchTerms.wellFormed(id));
      json.writeStringField(Mapping.ENTRY_JSON, OpenSearchTerms.wellFormed(EntryJson.write(entry)));
      if (!entry.pictures().isEmpty()) {
        texts(json, Mapping.PICTURES, entry.pictures());
      }
      if (!alternatives.isEmpty()) {
        json.writeFieldName(Mapping.ALTERNATIVES);
        json.writeBinary(MomentCodec.encodeAll(alternatives));
      }
      json.writeEndObject();
      json.writeRaw('\n');
    }
    return bytes.toByteArray();
  }

  /** What OpenSearch calls a picture; no moment and no entry is called so. */
  static String pictureId(String id) {
    return "#" + id;
  }

  /** The line that puts a picture in its place. */
  static byte[] picture(Thumbnail picture) throws IOException {
    String id = picture.artwork().id();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(2 * picture.bytes().length);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      action(json, "index", pictureId(id), id);
      json.writeStartObject();
      json.writeStringField(Mapping.ARTWORK, id);
      json.writeFieldName(Mapping.THUMBNAIL);
      json.writeBinary(picture.bytes());
      json.writeEndObject();
      json.writeRaw('\n');
    }
    return bytes.toByteArray();
  }

  /** The line that takes a document of an episode out. */
  static byte[] deletion(String id, String episodeId) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      action(json, "delete", id, episodeId);
    }
    return bytes.toByteArray();
  }

  private static void action(JsonGenerator json, String action, String id, String episodeId)
      throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart(action);
    json.writeStringField("_id", OpenSearchTerms.wellFormed(id));
    json.writeStringField("routing", OpenSearchTerms.wellFormed(episodeId));
    json.writeEndObject();
    json.writeEndObject();
    json.writeRaw('\n');
  }
}
