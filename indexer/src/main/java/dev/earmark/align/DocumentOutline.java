package dev.earmark.align;

import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sections of a document, in order, each with the moments under its heading.
 *
 * @param sections those that are not empty
 */
record DocumentOutline(List<Section> sections) {
  /**
   * The moments in a row that stand under the same headings.
   *
   * @param path the headings, outermost first; its own the last
   * @param heading the number of the moment that is the heading, or -1
   * @param items the numbers of the others
   */
  record Section(List<String> path, int heading, List<Integer> items) {
    /** The numbers of all its moments. */
    List<Integer> all() {
      List<Integer> all = new ArrayList<>();
      if (heading >= 0) {
        all.add(heading);
      }
      all.addAll(items);
      return all;
    }

    /** Whether another section stands under the headings of this one. */
    boolean holds(Section other) {
      return other.path.size() > path.size() && other.path.subList(0, path.size()).equals(path);
    }
  }

  /** The outline of the moments of one source. */
  static DocumentOutline of(Known known) {
    List<Section> sections = new ArrayList<>();
    Section last = null;
    for (int i = 0; i < known.size(); i++) {
      Moment moment = known.moment(i);
      boolean heads = moment.kind() == Kind.CHAPTER && moment.title() != null;
      List<String> path = heads ? under(moment) : moment.section();
      if (heads || last == null || !last.path().equals(path)) {
        last = new Section(path, heads ? i : -1, new ArrayList<>());
        sections.add(last);
      }
      if (!heads) {
        last.items().add(i);
      }
    }
    return new DocumentOutline(sections);
  }

  private static List<String> under(Moment heading) {
    List<String> path = new ArrayList<>(heading.section());
    @Nullable String title = heading.title();
    if (title != null) {
      path.add(title);
    }
    return path;
  }
}
