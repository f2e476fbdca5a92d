package dev.earmark.page;

import dev.earmark.model.Kind;
import dev.earmark.search.Hit;
import dev.earmark.search.SearchPage;
import dev.earmark.search.SearchPage.FacetValue;
import dev.earmark.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes up searches for somebody who does not know what is here. Each is taken from what the index
 * holds, so each finds something, and together they show what can be asked.
 */
final class Examples {
  private static final int LONG_WORD = 7;
  private static final List<Kind> TELLING =
      List.of(Kind.PREDICTION, Kind.PRICE, Kind.QUOTE, Kind.TAKEAWAY, Kind.TERM, Kind.CHAPTER);

  private Examples() {}

  static List<Choice> of(SearchPage all) {
    List<Choice> examples = new ArrayList<>();
    phrase(all)
        .ifPresent(phrase ->
            examples.add(example('"' + phrase + '"', "exactly these words, in this order")));
    said(all).ifPresent(examples::add);
    topic(all).ifPresent(examples::add);
    kind(all).ifPresent(examples::add);
    return examples;
  }

  private static Choice example(String query, String meaning) {
    return Choice.link(query, meaning, SearchAddress.ofQuery(query));
  }

  /** Two or three words in a row that begin with capitals, as names of things do. */
  private static Optional<String> phrase(SearchPage all) {
    for (Hit hit : all.hits()) {
      String text = hit.moment().moment().body();
      Words words = Words.of(text);
      // The first word of a text begins with a capital whatever it is.
      for (int first = 1; first + 1 < words.count(); first++) {
        int last = first;
        while (last < words.count()
            && last - first < 3
            && isCapital(words, last)
            && (last == first || isSpace(text, words.end(last - 1), words.start(last)))) {
          last++;
        }
        boolean startsSentence = !isSpace(text, words.end(first - 1), words.start(first));
        if (last - first >= 2 && !startsSentence) {
          return Optional.of(text.substring(words.start(first), words.end(last - 1)));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isCapital(Words words, int word) {
    String text = words.word(word);
    return text.length() > 1
        && Character.isUpperCase(text.charAt(0))
        && Character.isLowerCase(text.charAt(1));
  }

  private static boolean isSpace(String text, int from, int to) {
    return to - from == 1 && text.charAt(from) == ' ';
  }

  private static Optional<Choice> said(SearchPage all) {
    for (Hit hit : all.hits()) {
      String speaker = hit.moment().moment().speaker();
      String word = longWord(hit.moment().moment().body());
      if (speaker != null && word != null && isPlain(speaker)) {
        return Optional.of(
            example("speaker:\"" + speaker + "\" " + word, "what one person says about it"));
      }
    }
    return all.facets().getOrDefault("speaker", List.of()).stream()
        .filter(value -> isPlain(value.value()))
        .findFirst()
        .map(value -> example("speaker:\"" + value.value() + '"', "all that one person says"));
  }

  private static @Nullable String longWord(String text) {
    Words words = Words.of(text);
    for (int word = 0; word < words.count(); word++) {
      String folded = words.folded(word);
      if (folded.length() >= LONG_WORD && folded.chars().allMatch(Character::isLetter)) {
        return folded;
      }
    }
    return null;
  }

  private static Optional<Choice> topic(SearchPage all) {
    return all.facets().getOrDefault("topic", List.of()).stream()
        .map(FacetValue::value)
        .filter(Examples::isPlain)
        .findFirst()
        .map(topic -> example("topic:\"" + topic + '"', "everything on a topic"));
  }

  private static Optional<Choice> kind(SearchPage all) {
    List<String> there =
        all.facets().getOrDefault("kind", List.of()).stream().map(FacetValue::value).toList();
    return TELLING.stream()
        .filter(kind -> there.contains(kind.id()))
        .findFirst()
        .map(kind -> example("kind:" + kind.id(), kind.meaning()));
  }

  private static boolean isPlain(String value) {
    return value.indexOf('"') < 0 && !value.isBlank();
  }
}
