package dev.earmark.index.lucene;

import dev.earmark.index.MomentCodec;
import dev.earmark.model.Moment;
import dev.earmark.schema.Field;
import dev.earmark.schema.HeardAs;
import dev.earmark.schema.IndexedMoment;
import dev.earmark.schema.Schema;
import dev.earmark.text.Words;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Makes Lucene's documents of the moments of one episode.
 *
 * <p>The moments of an episode have most names and labels in common, so what is made of one is
 * remembered. Not thread-safe; one an episode.
 */
final class MomentDocuments {
  private static final FieldType TEXT = indexed(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS, false);
  private static final FieldType CONTEXT = indexed(IndexOptions.DOCS_AND_FREQS, true);

  private final SpokenTokenStream words;
  private final Map<Field, Map<String, Value>> known = new HashMap<>();

  /**
   * A value of a field as Lucene has it.
   *
   * @param key to search for
   * @param label to count and show; null where the field is no facet
   */
  private record Value(StringField key, @Nullable SortedSetDocValuesField label) {}

  MomentDocuments(SpokenTokenStream words) {
    this.words = words;
  }

  private static FieldType indexed(IndexOptions options, boolean omitNorms) {
    FieldType type = new FieldType();
    type.setIndexOptions(options);
    type.setTokenized(true);
    type.setOmitNorms(omitNorms);
    type.freeze();
    return type;
  }

  /** The document of a moment. */
  Document of(IndexedMoment moment) {
    Document document = new Document();
    for (Field field : Schema.FIELDS) {
      List<?> values = field.values().apply(moment);
      for (Object value : values) {
        add(document, field, value, moment);
      }
      if (!values.isEmpty()) {
        aliases(document, field, values, moment);
      }
    }
    return document;
  }

  /** What the values of a name are found by beside themselves, each once. */
  private void aliases(Document document, Field field, List<?> values, IndexedMoment moment) {
    List<String> aliases = field.aliases().apply(moment);
    if (aliases.isEmpty()) {
      return;
    }
    Set<String> keys = new HashSet<>();
    values.forEach(value -> keys.add(field.key(value.toString())));
    for (String alias : aliases) {
      if (keys.add(field.key(alias))) {
        document.add(
            known
                .computeIfAbsent(field, of -> new HashMap<>())
                .computeIfAbsent(alias, text -> value(field, text))
                .key());
      }
    }
  }

  private void add(Document document, Field field, Object value, IndexedMoment moment) {
    String name = field.name();
    switch (field.type()) {
      case TEXT ->
          document.add(
              new SpokenField(
                  name, value.toString(), moment.language(), heard(moment), words, TEXT));
      case CONTEXT ->
          document.add(new SpokenField(name, value.toString(), null, List.of(), words, CONTEXT));
      case KEY, NAME -> {
        Value found =
            known
                .computeIfAbsent(field, of -> new HashMap<>())
                .computeIfAbsent(value.toString(), text -> value(field, text));
        document.add(found.key());
        if (found.label() != null) {
          document.add(found.label());
        }
      }
      case NUMBER -> document.add(NumericDocValuesField.indexedField(name, (Long) value));
      case STORED -> document.add(new StoredField(name, MomentCodec.encode(moment)));
    }
  }

  private static List<List<String>> heard(IndexedMoment indexed) {
    Moment moment = indexed.moment();
    return moment.corrections().isEmpty()
        ? List.of()
        : HeardAs.of(moment, Words.of(moment.text()).count());
  }

  private static Value value(Field field, String text) {
    StringField key =
        new StringField(
            field.name(), Schema.label(field.key(text)), org.apache.lucene.document.Field.Store.NO);
    return new Value(key, field.facet() ? label(field.name(), Schema.label(text)) : null);
  }

  /** What Lucene's facets make of a label, but without terms to search for it: the key is that. */
  private static SortedSetDocValuesField label(String facet, String label) {
    String path = FacetsConfig.pathToString(facet, new String[] {label});
    return new SortedSetDocValuesField(FacetsConfig.DEFAULT_INDEX_FIELD_NAME, new BytesRef(path));
  }
}
