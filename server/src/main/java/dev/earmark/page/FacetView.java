package dev.earmark.page;

import dev.earmark.model.Kind;
import dev.earmark.schema.Field;
import dev.earmark.schema.Schema;
import dev.earmark.search.SearchPage.FacetValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A facet with its values: in people's words, and only where it narrows.
 *
 * @param name in addresses
 * @param label what it is called
 * @param shown the values in sight: the first ones, and those chosen
 * @param folded the others
 * @param more what the line says that leads to the others
 * @param open whether its values are in sight at first
 */
public record FacetView(
    String name, String label, List<Choice> shown, List<Choice> folded, String more, boolean open) {
  private static final int IN_SIGHT = 6;

  /** Facets that are long and seldom the way in start closed. */
  private static final List<String> CLOSED = List.of("lang", "format", "source", Schema.EPISODE);

  /** What facets are called where their names in the index are not people's words. */
  private static final Map<String, String> LABELS =
      Map.of("format", "Type of document", "source", "Document");

  /** The dates have a place of their own, with a drawing. */
  private static final String YEAR = "year";

  private static final Map<Kind, String> MEANINGS =
      Map.ofEntries(
          Map.entry(Kind.SEGMENT, "What is said, word for word or summed up"),
          Map.entry(Kind.CHAPTER, "A part of an episode, by its title"),
          Map.entry(Kind.QUOTE, "Words that somebody picked out"),
          Map.entry(Kind.PRICE, "What something costs, earns or is worth"),
          Map.entry(Kind.PREDICTION, "What somebody expects to happen, and by when"),
          Map.entry(Kind.BOTTLENECK, "What holds something up"),
          Map.entry(Kind.FACT, "A statement to remember"),
          Map.entry(Kind.TECHNOLOGY, "A technology that is spoken of"),
          Map.entry(Kind.TAKEAWAY, "What to take along from an episode"),
          Map.entry(Kind.NOTE, "What somebody wrote about an episode"),
          Map.entry(Kind.TERM, "A word, and what it means"),
          Map.entry(Kind.MENTION, "A company, person or thing that is named"));

  /**
   * The facets that help to narrow: those with more than one value, or with one that not all has,
   * or with one chosen, or of which the reader looks for some.
   *
   * @param sizes how many values each has in all
   * @param total how much is found
   * @param searched the facets whose values are looked for
   * @param titles the titles of episodes, by id, as far as they are known
   */
  static List<FacetView> all(
      Map<String, List<FacetValue>> facets,
      Map<String, Integer> sizes,
      long total,
      Set<String> searched,
      SearchAddress address,
      Map<String, String> titles) {
    List<FacetView> views = new ArrayList<>();
    for (Field field : Schema.facets()) {
      List<FacetValue> values = facets.getOrDefault(field.name(), List.of());
      boolean anyChosen = values.stream().anyMatch(FacetValue::selected);
      boolean narrows =
          values.size() > 1 || values.stream().anyMatch(value -> value.count() < total);
      if (field.name().equals(YEAR) && !anyChosen) {
        continue;
      }
      if (narrows || anyChosen || searched.contains(field.name())) {
        int size = Math.max(values.size(), sizes.getOrDefault(field.name(), 0));
        views.add(of(field, inOrder(values), size, address, titles, anyChosen));
      }
    }
    return views;
  }

  /** Numbers, such as years, from the latest on; all else stays as it comes. */
  private static List<FacetValue> inOrder(List<FacetValue> values) {
    boolean numbers =
        values.stream()
            .allMatch(value ->
                !value.value().isEmpty()
                    && value.value().length() < 10
                    && value.value().chars().allMatch(c -> c >= '0' && c <= '9'));
    return numbers
        ? values.stream()
            .sorted(
                Comparator.comparingInt((FacetValue value) -> Integer.parseInt(value.value()))
                    .reversed())
            .toList()
        : values;
  }

  private static FacetView of(
      Field field,
      List<FacetValue> values,
      int size,
      SearchAddress address,
      Map<String, String> titles,
      boolean anyChosen) {
    List<Choice> shown = new ArrayList<>();
    List<Choice> folded = new ArrayList<>();
    for (FacetValue value : values) {
      Choice choice =
          new Choice(
              label(field.name(), value.value(), titles),
              Labels.number(value.count()),
              value.selected()
                  ? address.removing(field, value.value())
                  : address.adding(field.name(), value.value()),
              value.selected(),
              field.name() + ":" + value.value());
      boolean inSight = value.selected() || shown.size() < IN_SIGHT;
      (inSight ? shown : folded).add(choice);
    }
    if (folded.size() == 1) {
      // A line that says "1 more" takes the place of the one it hides.
      shown.addAll(folded);
      folded.clear();
    }
    boolean open = anyChosen || !CLOSED.contains(field.name());
    int unlisted = size - shown.size() - folded.size();
    String more =
        unlisted > 0
            ? Labels.number(folded.size()) + " of " + Labels.number(size - shown.size()) + " more"
            : Labels.number(folded.size()) + " more";
    return new FacetView(field.name(), title(field.name()), shown, folded, more, open);
  }

  /** What a facet is called. */
  static String title(String facet) {
    String label = LABELS.get(facet);
    return label == null ? Schema.field(facet).map(Field::label).orElse(facet) : label;
  }

  /** What a value means that does not say it by itself; null if there is nothing to explain. */
  public static @Nullable String meaning(Choice choice) {
    return choice.key().startsWith("kind:")
        ? Kind.of(choice.key().substring("kind:".length())).map(MEANINGS::get).orElse(null)
        : null;
  }

  /** What a value of a facet is called. */
  static String label(String facet, String value, Map<String, String> titles) {
    return switch (facet) {
      case "kind" -> Kind.of(value).map(Labels::kinds).orElse(value);
      case "lang" -> Labels.language(value);
      case "format" -> Labels.words(value);
      case Schema.EPISODE -> titles.getOrDefault(value, value);
      default -> value;
    };
  }
}
