package dev.earmark.page;

import dev.earmark.model.Artwork;
import dev.earmark.model.Episode;
import dev.earmark.search.SearchPage;
import dev.earmark.search.ShowProfile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The page of a show.
 *
 * @param name as it is written
 * @param picture its picture; null if there is none
 * @param facts how much there is of it, each a few words
 * @param everything all of its moments, as a search
 * @param speakers who is heard in it; the note says how much of what is said is theirs
 * @param topics what it is about
 * @param sheets where one is among the pages of episodes
 * @param years its episodes by year, newest first
 */
public record ShowView(
    String name,
    @Nullable Artwork picture,
    List<String> facts,
    String everything,
    List<Choice> speakers,
    List<Choice> topics,
    Sheets sheets,
    List<Year> years) {
  private static final int MOST_SPEAKERS = 14;
  private static final int MOST_TOPICS = 14;

  /**
   * The episodes of a year.
   *
   * @param label the year; empty if it is not known
   */
  public record Year(String label, List<EpisodeLine> episodes) {}

  static ShowView of(ShowProfile profile, SearchPage all, int page) {
    String name = profile.name();
    Artwork picture = profile.picture();
    Map<String, List<EpisodeLine>> years = new LinkedHashMap<>();
    for (Episode episode : Sheets.part(profile.episodes(), page)) {
      String year = episode.date() == null ? "" : Integer.toString(episode.date().getYear());
      years
          .computeIfAbsent(year, key -> new ArrayList<>())
          .add(EpisodeLine.of(episode, "").ofShow(picture));
    }
    return new ShowView(
        name,
        picture,
        facts(profile),
        SearchAddress.ofFacet("show", name),
        profile.speakers().stream()
            .limit(MOST_SPEAKERS)
            .map(share ->
                Choice.link(
                    share.speaker(),
                    Labels.share(share.words(), profile.words()),
                    PageAddress.speaker(share.speaker())))
            .toList(),
        all.facets().getOrDefault("topic", List.of()).stream()
            .limit(MOST_TOPICS)
            .map(value ->
                Choice.link(
                    value.value(),
                    Labels.number(value.count()),
                    SearchAddress.ofFacets(Map.of("show", name, "topic", value.value()))))
            .toList(),
        Sheets.of(page, profile.episodes().size(), PageAddress.show(name)),
        years.entrySet().stream().map(one -> new Year(one.getKey(), one.getValue())).toList());
  }

  /** Of a show of which there are only notes, no words are said. */
  private static List<String> facts(ShowProfile profile) {
    List<String> facts = new ArrayList<>();
    facts.add(Labels.count(profile.episodes().size(), "episode"));
    if (profile.words() > 0) {
      facts.add(Labels.count(profile.words(), "word"));
    }
    facts.add(Labels.count(profile.moments(), "moment"));
    return facts;
  }
}
