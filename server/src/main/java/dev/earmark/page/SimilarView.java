package dev.earmark.page;

import dev.earmark.model.DeepLink;
import dev.earmark.model.Moment;
import dev.earmark.model.Timestamp;
import dev.earmark.search.Hit;
import dev.earmark.search.Similar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page of what is like a moment.
 *
 * @param title what is shown
 * @param quotation what is said in the moment
 * @param language of that, as its element says it; null if it need not
 * @param speaker who says it; null if nobody does
 * @param time when; null if it is not placed
 * @param page the page of the episode, there
 * @param episode the recording
 * @param views moments, people, shows
 * @param lacking why not all that there is was compared
 * @param hits what is like it
 * @param groups or who else speaks of it, or where
 */
public record SimilarView(
    String title,
    String quotation,
    @Nullable String language,
    @Nullable String speaker,
    @Nullable String time,
    String page,
    EpisodeLine episode,
    List<Choice> views,
    List<String> lacking,
    List<HitView> hits,
    List<Group> groups) {

  /**
   * Somebody, or a show.
   *
   * @param address their page
   * @param total how much of theirs is like it
   */
  public record Group(String name, String address, String total, List<HitView> hits) {}

  static SimilarView of(Similar similar, Similar.By by) {
    Moment moment = similar.moment().moment();
    Timestamp at = moment.anchor().from().orElse(null);
    String id = similar.moment().id();
    return new SimilarView(
        title(by),
        moment.body().isBlank() ? moment.text() : moment.body(),
        Labels.languageAttribute(similar.moment().language()),
        moment.speaker(),
        at == null ? null : Labels.when(moment.anchor(), at),
        DeepLink.page(similar.episode().id(), at),
        EpisodeLine.of(similar.episode(), ""),
        List.of(
            view("Moments", Similar.By.MOMENT, by, id),
            view("Other people", Similar.By.SPEAKER, by, id),
            view("Other shows", Similar.By.SHOW, by, id)),
        similar.meaning().lacking(),
        views(similar.hits()),
        similar.groups().stream()
            .map(group ->
                new Group(
                    group.name(),
                    PageAddress.of(by.id(), group.name()),
                    Labels.count(group.total(), "moment"),
                    views(group.hits())))
            .toList());
  }

  private static String title(Similar.By by) {
    return switch (by) {
      case MOMENT -> "More like this moment";
      case SPEAKER -> "Who else speaks of this";
      case SHOW -> "Where else this is spoken of";
    };
  }

  private static Choice view(String label, Similar.By shown, Similar.By by, String id) {
    String address = PageAddress.similar(id);
    return new Choice(
        label,
        "",
        shown == Similar.By.MOMENT ? address : PageAddress.with(address, "group", shown.id()),
        shown == by,
        "group:" + shown.id());
  }

  private static List<HitView> views(List<Hit> hits) {
    return hits.stream().map(hit -> HitView.of(hit, "", null, true)).toList();
  }

  /** Whether nothing is like it. */
  public boolean isEmpty() {
    return hits.isEmpty() && groups.isEmpty();
  }
}
