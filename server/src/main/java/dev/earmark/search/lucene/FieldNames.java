package dev.earmark.search.lucene;

import dev.earmark.schema.Field;
import dev.earmark.text.Stemmer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;

/** The names in fields of a snapshot: languages, speakers, topics. Thread-safe. */
final class FieldNames {
  private final IndexReader reader;
  private final List<String> tags;
  private final List<String> languages;
  private final Map<String, Map<String, List<String>>> byWord = new ConcurrentHashMap<>();

  FieldNames(IndexReader reader) throws IOException {
    this.reader = reader;
    this.tags = List.copyOf(all("lang"));
    this.languages = tags.stream().map(Stemmer::primary).distinct().toList();
  }

  /** The language tags of the sources, such as {@code pt-br}. */
  List<String> tags() {
    return tags;
  }

  /** The primary languages of the sources, such as {@code pt}. */
  List<String> languages() {
    return languages;
  }

  /** The folded names of a field by the words in them; names in their order. */
  Map<String, List<String>> byWord(String field) throws IOException {
    Map<String, List<String>> known = byWord.get(field);
    if (known == null) {
      known = new HashMap<>();
      for (String name : all(field)) {
        if (name.indexOf(Field.BEHIND) >= 0) {
          // The name alone is there as well.
          continue;
        }
        for (String word : new LinkedHashSet<>(List.of(name.split(" ")))) {
          known.computeIfAbsent(word, key -> new ArrayList<>()).add(name);
        }
      }
      byWord.put(field, known);
    }
    return known;
  }

  private List<String> all(String field) throws IOException {
    List<String> names = new ArrayList<>();
    Terms terms = MultiTerms.getTerms(reader, field);
    if (terms != null) {
      TermsEnum each = terms.iterator();
      for (BytesRef term = each.next(); term != null; term = each.next()) {
        names.add(term.utf8ToString());
      }
    }
    return names;
  }
}
