package dev.earmark.index.opensearch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.earmark.corpus.Thumbnail;
import dev.earmark.index.EntryJson;
import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.MomentCodec;
import dev.earmark.index.opensearch.EpisodeWords.Word;
import dev.earmark.schema.Field;
import dev.earmark.schema.HeardAs;
import dev.earmark.schema.IndexedMoment;
import dev.earmark.schema.Schema;
import dev.earmark.text.Phones;
import dev.earmark.text.SpokenTerms;
import dev.earmark.text.Words;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * An episode as the lines of bulk requests: {@link Mapping} says what a document holds.
 *
 * <p>Not thread-safe.
 */
final class EpisodeLines {
  /** A phrase of one word more is found over any boundary. */
  static final int CONTINUATION = 7;

  private static final JsonFactory JSON = new JsonFactoryBuilder().rootValueSeparator("").build();

  /** Longer words are not looked for by what they are like. */
  private static final int LONGEST_WORD = 64;

  private static final Word[] NO_WORDS = new Word[0];

  /** The words of the episode. */
  private EpisodeWords words = new EpisodeWords();

  private final StringBuilder text = new StringBuilder();

  /** The words of a moment: first those of its text, then those that were heard in their place. */
  private record Spoken(IndexedMoment moment, int length, Word[] terms, Word[][] heard) {
    private static final Word[][] NONE = new Word[0][];

    static Spoken of(IndexedMoment moment, EpisodeWords words) {
      String[] own = Words.of(moment.moment().text()).folded();
      List<List<String>> heard = HeardAs.of(moment.moment(), own.length);
      Arrays.setAll(own, i -> OpenSearchTerms.word(own[i]));
      if (heard.isEmpty()) {
        return new Spoken(
            moment, own.length, words.of(moment.language(), Arrays.asList(own)), NONE);
      }
      List<String> terms = new ArrayList<>(Arrays.asList(own));
      Word[][] beside = new Word[own.length][];
      for (int word = 0; word < own.length; word++) {
        String instead = own[word];
        List<String> there =
            heard.get(word).stream()
                .map(OpenSearchTerms::word)
                .filter(term -> !term.equals(instead))
                .toList();
        beside[word] = words.of(moment.language(), there);
        terms.addAll(there);
      }
      return new Spoken(moment, own.length, words.of(moment.language(), terms), beside);
    }

    /** Adds the word at a place, and what was heard there. */
    void write(int word, boolean continued, StringBuilder text) {
      if (!text.isEmpty()) {
        text.append(' ');
      }
      Word[] beside = heard.length == 0 ? NO_WORDS : heard[word];
      if (beside.length > 0) {
        text.append(OpenSearchTerms.BESIDE);
      }
      OpenSearchTerms.write(terms[word].written(), continued, text);
      for (Word other : beside) {
        OpenSearchTerms.write(other.written(), continued, text.append(OpenSearchTerms.BESIDE));
      }
    }

    boolean goesOnIn(Spoken next) {
      return next.moment.position() == moment.position() + length;
    }

    /** The numbers of the stems that stand around it and others. */
    int[] around() {
      int[] around = new int[terms.length];
      int count = 0;
      for (Word word : terms) {
        if (word.around() >= 0) {
          around[count++] = word.around();
        }
      }
      return Arrays.copyOf(around, count);
    }
  }

  /** Takes lines one document at a time. */
  interface Lines {
    void add(String id, byte[] lines) throws IOException;
  }

  /** Gives the moments of an episode in their order. */
  void moments(List<IndexedMoment> moments, Lines lines) throws IOException {
    words = new EpisodeWords();
    List<Spoken> spoken = new ArrayList<>(moments.size());
    for (IndexedMoment moment : moments) {
      spoken.add(Spoken.of(moment, words));
    }
    Surroundings around =
        new Surroundings(
            moments,
            words.around(),
            spoken.stream().map(Spoken::around).toArray(int[][]::new),
            spoken.stream().mapToInt(Spoken::length).toArray());
    for (int i = 0; i < spoken.size(); i++) {
      IndexedMoment moment = moments.get(i);
      String id = momentId(moment.episode().id(), moment.ordinal());
      lines.add(id, document(id, moment.episode().id(), spoken, i, around.of(i)));
    }
  }

  /** What OpenSearch calls a moment. */
  static String momentId(String episodeId, int ordinal) {
    return episodeId + "#" + ordinal;
  }

  /** Gives those words of the episode that are wanted. */
  void words(Predicate<String> wanted, Lines lines) throws IOException {
    for (Map.Entry<String, Integer> one : words.said().entrySet()) {
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
      stems(json, own);
      if (!around.isEmpty()) {
        json.writeStringField(Mapping.AROUND, around);
      }
      Set<String> heard = new LinkedHashSet<>();
      for (Word word : own.terms) {
        if (word.isWord()) {
          word.isIn(number);
        } else if (word.term().startsWith(SpokenTerms.firstHeard())) {
          heard.add(word.term());
        }
      }
      if (!heard.isEmpty()) {
        texts(json, Mapping.HEARD, heard);
      }
      json.writeNumberField(Mapping.WORDS, own.length);
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
      case TEXT -> withContinuation(json, field.name(), spoken, number);
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

  private void withContinuation(JsonGenerator json, String name, List<Spoken> spoken, int number)
      throws IOException {
    text.setLength(0);
    Spoken last = spoken.get(number);
    for (int word = 0; word < last.length; word++) {
      last.write(word, false, text);
    }
    int left = CONTINUATION;
    for (int i = number + 1; i < spoken.size() && left > 0; i++) {
      Spoken next = spoken.get(i);
      if (!last.goesOnIn(next)) {
        break;
      }
      for (int word = 0; word < next.length && left > 0; word++, left--) {
        next.write(word, true, text);
      }
      last = next;
    }
    text(json, name);
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

  private void stems(JsonGenerator json, Spoken own) throws IOException {
    text.setLength(0);
    for (Word word : own.terms) {
      String stem = word.stem();
      if (stem != null) {
        text.append(text.isEmpty() ? "" : " ").append(stem);
      }
    }
    text(json, Mapping.STEMS);
  }

  /** Writes the text that was put together, unless there is none. */
  private void text(JsonGenerator json, String name) throws IOException {
    if (!text.isEmpty()) {
      json.writeStringField(name, text.toString());
    }
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
