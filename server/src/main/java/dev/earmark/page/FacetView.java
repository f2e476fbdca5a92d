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

/**
 * A facet with its values.
 *
 * @param name in addresses
 * @param label what it is called
 * @param shown the values in sight: the first ones, and those chosen
 * @param folded the others
 * @param open whether its values are in sight at first
 */
public record FacetView(
    String name, String label, List<Choice> shown, List<Choice> folded, boolean open) {
  private static final int IN_SIGHT = 6;

  /** Facets that are long and seldom the way in start closed. */
  private static final List<String> CLOSED = List.of("lang", "format", "source", Schema.EPISODE);

  /**
   * The facets that help to narrow: those with more than one value, or with one chosen, or of which
   * the reader looks for some.
   *
   * @param searched the facets whose values are looked for
   * @param titles the titles of episodes, by id, as far as they are known
   */
  static List<FacetView> all(
      Map<String, List<FacetValue>> facets,
      Set<String> searched,
      SearchAddress address,
      Map<String, String> titles) {
    List<FacetView> views = new ArrayList<>();
    for (Field field : Schema.facets()) {
      List<FacetValue> values = facets.getOrDefault(field.name(), List.of());
      boolean anyChosen = values.stream().anyMatch(FacetValue::selected);
      if (values.size() > 1 || anyChosen || searched.contains(field.name())) {
        views.add(of(field, inOrder(values), address, titles, anyChosen));
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
    return new FacetView(field.name(), field.label(), shown, folded, open);
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
