package dev.earmark.schema;

import static dev.earmark.schema.FieldType.CONTEXT;
import static dev.earmark.schema.FieldType.KEY;
import static dev.earmark.schema.FieldType.NAME;
import static dev.earmark.schema.FieldType.NUMBER;
import static dev.earmark.schema.FieldType.STORED;
import static dev.earmark.schema.FieldType.TEXT;

import dev.earmark.model.Moment;
import dev.earmark.model.TimeSpan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All fields of the index, in the order in which facets are shown. */
public final class Schema {
  /** Grows with every change after which an older index can no longer be read. */
  public static final int VERSION = 7;

  /** The dates of episodes are kept as days since 1970-01-01. */
  public static final String DATE = "date";

  public static final String TEXT_FIELD = "text";
  public static final String CONTEXT_FIELD = "context";
  public static final String SPEAKER = "speaker";
  public static final String TOPIC = "topic";
  public static final String SOURCE = "source";
  public static final String EPISODE = "episode";
  public static final String ORDINAL = "ordinal";
  public static final String POSITION = "position";
  public static final String START = "startMs";
  public static final String BODY = "moment";

  /** How far to trust a moment, as {@link Evidence#code}. */
  public static final String EVIDENCE = "evidence";

  public static final List<Field> FIELDS =
      List.of(
          new Field(
              SPEAKER,
              NAME,
              true,
              false,
              "Speaker",
              "who says it",
              m -> m.person() == null ? List.of() : List.of(m.person().value()),
              Schema::spellings),
          facet(TOPIC, NAME, "Topic", "what it is about", Schema::topics),
          facet("kind", KEY, "Kind", "what the moment is", m -> List.of(m.moment().kind().id())),
          facet("show", NAME, "Show", "the podcast or series", m -> one(m.episode().show())),
          facet("year", KEY, "Year", "the year of the episode", Schema::year),
          facet("lang", KEY, "Language", "the language of the source", m -> List.of(m.language())),
          facet("format", KEY, "Form", "the form of the source", m -> List.of(m.format())),
          facet(SOURCE, NAME, "Source", "the document it stands in", m -> List.of(m.source())),
          facet(EPISODE, KEY, "Episode", "the recording", m -> List.of(m.episode().id())),
          new Field(
              TEXT_FIELD,
              TEXT,
              false,
              false,
              "Text",
              "all that is searched",
              m -> List.of(m.moment().text())),
          new Field(
              CONTEXT_FIELD,
              CONTEXT,
              false,
              false,
              "Context",
              "titles and headings the moment stands under",
              Schema::context),
          new Field(
              DATE,
              NUMBER,
              false,
              false,
              "Date",
              "day of the episode since 1970-01-01",
              m ->
                  m.episode().date() == null
                      ? List.of()
                      : List.of(m.episode().date().toEpochDay())),
          new Field(
              START,
              NUMBER,
              false,
              false,
              "Start",
              "where it starts, in milliseconds",
              m ->
                  m.moment()
                      .anchor()
                      .span()
                      .map(TimeSpan::startMs)
                      .map(List::of)
                      .orElse(List.of())),
          new Field(
              ORDINAL,
              NUMBER,
              false,
              false,
              "Ordinal",
              "its number within the episode",
              m -> List.of((long) m.ordinal())),
          new Field(
              POSITION,
              NUMBER,
              false,
              false,
              "Position",
              "the number of its first word within the episode",
              m -> List.of(m.position())),
          new Field(
              EVIDENCE,
              NUMBER,
              false,
              false,
              "Evidence",
              "how it is placed, whose words it is, whether it is an aside",
              m -> List.of((long) Evidence.of(m).code())),
          new Field(
              BODY, STORED, false, true, "Moment", "the moment, to be shown", m -> List.of(m)));

  private static final int LONGEST_LABEL = 1_000;

  private Schema() {}

  private static Field facet(
      String name,
      FieldType type,
      String label,
      String meaning,
      Function<IndexedMoment, List<?>> values) {
    return new Field(name, type, true, false, label, meaning, values);
  }

  private static List<?> one(@Nullable String value) {
    return value == null ? List.of() : List.of(value);
  }

  private static List<String> spellings(IndexedMoment m) {
    if (m.person() == null) {
      return List.of();
    }
    List<String> all = new ArrayList<>(m.person().spellings());
    all.add(m.person().name());
    return all;
  }

  /** The topics, each in one spelling. */
  private static List<?> topics(IndexedMoment m) {
    if (m.moment().topics().size() < 2) {
      return List.copyOf(m.moment().topics());
    }
    Field topic = field(TOPIC).orElseThrow();
    Map<String, String> once = new LinkedHashMap<>();
    m.moment().topics().forEach(value -> once.putIfAbsent(topic.key(value), value));
    return List.copyOf(once.values());
  }

  private static List<?> year(IndexedMoment m) {
    return m.episode().date() == null
        ? List.of()
        : List.of(Integer.toString(m.episode().date().getYear()));
  }

  private static List<?> context(IndexedMoment m) {
    Moment moment = m.moment();
    List<String> context = new ArrayList<>(m.chapters());
    context.addAll(moment.section());
    if (moment.title() != null) {
      context.add(moment.title());
    }
    context.add(m.episode().title());
    return context;
  }

  /** The fields people narrow by, in the order in which they are shown. */
  public static List<Field> facets() {
    return FIELDS.stream().filter(Field::facet).toList();
  }

  /** The field of this name. */
  public static Optional<Field> field(String name) {
    return FIELDS.stream().filter(field -> field.name().equals(name)).findFirst();
  }

  /** A value as a term or facet label: engines take at most 32,766 bytes, and nobody reads more. */
  public static String label(String value) {
    return value.length() <= LONGEST_LABEL ? value : value.substring(0, LONGEST_LABEL);
  }
}
