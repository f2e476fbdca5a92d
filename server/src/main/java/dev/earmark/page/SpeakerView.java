package dev.earmark.page;

import dev.earmark.search.SearchPage;
import dev.earmark.search.SpeakerProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The page of somebody who is heard.
 *
 * @param name as it is written
 * @param facts how much there is of them, each a few words
 * @param everything all of their moments, as a search
 * @param typical words they say more than others; the note says how often
 * @param episodes where they are heard
 * @param sheets where one is among the pages of those
 * @param quotes words of theirs that somebody picked out
 * @param moreQuotes all of those, as a search; null if all are shown
 * @param topics what they speak about
 */
public record SpeakerView(
    String name,
    List<String> facts,
    String everything,
    List<Choice> typical,
    List<Appearance> episodes,
    Sheets sheets,
    List<HitView> quotes,
    @Nullable String moreQuotes,
    List<Choice> topics) {
  private static final int MOST_TOPICS = 12;

  /**
   * An episode they are heard in.
   *
   * @param said how much they say in it
   * @param address what they say in it
   */
  public record Appearance(EpisodeLine episode, String said, String address) {}

  static SpeakerView of(SpeakerProfile profile, SearchPage quotes, SearchPage all, int page) {
    String name = profile.name();
    List<String> facts = new ArrayList<>();
    facts.add(Labels.count(profile.episodes().size(), "episode"));
    if (profile.talkMs() != null) {
      long timed = profile.episodes().stream().filter(one -> one.talkMs() != null).count();
      facts.add(
          Labels.spell(profile.talkMs())
              + " of talk"
              + (timed == profile.episodes().size()
                  ? ""
                  : " in " + Labels.count(timed, "episode") + " with times"));
    }
    facts.add(Labels.count(profile.words(), "word"));
    facts.add(Labels.count(profile.moments(), "moment"));
    return new SpeakerView(
        name,
        facts,
        SearchAddress.ofFacet("speaker", name),
        profile.typical().stream()
            .map(word ->
                new Choice(
                    word.word(),
                    Labels.number(word.count()),
                    SearchAddress.ofQueryAndFacet('"' + word.word() + '"', "speaker", name),
                    false,
                    word.word()))
            .toList(),
        Sheets.part(profile.episodes(), page).stream().map(one -> appearance(one, name)).toList(),
        Sheets.of(page, profile.episodes().size(), PageAddress.speaker(name)),
        quotes.hits().stream().map(hit -> HitView.of(hit, "")).toList(),
        quotes.total() > quotes.hits().size()
            ? SearchAddress.ofFacets(Map.of("speaker", name, "kind", "quote"))
            : null,
        all.facets().getOrDefault("topic", List.of()).stream()
            .limit(MOST_TOPICS)
            .map(value ->
                Choice.link(
                    value.value(),
                    Labels.number(value.count()),
                    SearchAddress.ofFacets(Map.of("speaker", name, "topic", value.value()))))
            .toList());
  }

  private static Appearance appearance(SpeakerProfile.Appearance one, String name) {
    String said =
        one.talkMs() == null
            ? Labels.count(one.words(), "word")
            : Labels.spell(one.talkMs()) + ", " + Labels.count(one.words(), "word");
    return new Appearance(
        EpisodeLine.of(one.episode(), ""),
        said,
        SearchAddress.ofFacets(Map.of("speaker", name, "episode", one.episode().id())));
  }
}
