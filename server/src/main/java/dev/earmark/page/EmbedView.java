package dev.earmark.page;

import dev.earmark.index.EpisodeEntry;
import dev.earmark.index.StoredMoment;
import dev.earmark.model.DeepLink;
import dev.earmark.model.Episode;
import dev.earmark.model.Kind;
import dev.earmark.model.TimeSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An episode on a page of another site: its player, and its transcript below.
 *
 * @param line the episode in a line
 * @param page its own page here, at the same moment
 * @param player what plays it; null if nothing does
 * @param outside where else it can be heard, if nothing plays it; null if nowhere
 * @param at the instant it starts at, such as {@code 13:55}; null if it is the beginning
 * @param when the instant or the clip, such as {@code 13:55–14:02}; null for all of it
 * @param endMs where a clip ends; null if it is none
 * @param document what is said, of a clip no more than what is said in it; null if nothing is known
 */
public record EmbedView(
    EpisodeLine line,
    String page,
    @Nullable Player player,
    @Nullable String outside,
    @Nullable String at,
    @Nullable String when,
    @Nullable Long endMs,
    @Nullable DocumentView document) {

  static EmbedView of(EpisodeEntry entry, List<StoredMoment> moments, @Nullable TimeSpan at) {
    Episode episode = entry.episode();
    TimeSpan clip = at != null && at.durationMs() > 0 ? at : null;
    List<DocumentView> documents =
        new DocumentLayout(
                entry,
                clip != null ? within(said(entry, moments), clip) : said(entry, moments),
                Map.of(),
                at,
                null)
            .documents();
    return new EmbedView(
        EpisodeLine.of(episode, ""),
        at == null ? DeepLink.page(episode.id(), null) : DeepLink.pageAt(episode.id(), at),
        Player.of(episode, at),
        Player.webAddress(episode.media().page()),
        at == null ? null : at.start().clock(),
        at == null ? null : clip != null ? Labels.stretch(clip) : at.start().clock(),
        clip == null ? null : (Long) clip.endMs(),
        documents.isEmpty() ? null : documents.getFirst());
  }

  /**
   * What is said, from one source, in the language of the recording if there is one in it, with the
   * chapters; where nobody wrote down what is said, the stretches that a source cuts it into.
   */
  private static List<StoredMoment> said(EpisodeEntry entry, List<StoredMoment> moments) {
    Set<String> inLanguage =
        entry.sources().stream()
            .filter(source -> source.language().equals(entry.episode().language()))
            .map(EpisodeEntry.Source::name)
            .collect(Collectors.toSet());
    Predicate<StoredMoment> spoken = stored -> Labels.isSaid(stored.moment());
    Predicate<StoredMoment> segment =
        stored ->
            stored.moment().kind() == Kind.SEGMENT && stored.moment().anchor().span().isPresent();
    for (Predicate<StoredMoment> wanted :
        List.of(spoken.and(stored -> inLanguage.contains(stored.source())), spoken, segment)) {
      String source =
          moments.stream().filter(wanted).map(StoredMoment::source).findFirst().orElse(null);
      if (source != null) {
        return moments.stream()
            .filter(stored ->
                stored.moment().kind() == Kind.CHAPTER
                    || (stored.source().equals(source) && wanted.test(stored)))
            .toList();
      }
    }
    return List.of();
  }

  private static List<StoredMoment> within(List<StoredMoment> moments, TimeSpan clip) {
    List<StoredMoment> within = new ArrayList<>();
    for (StoredMoment stored : moments) {
      TimeSpan span = stored.moment().anchor().span().orElse(null);
      if (span != null
          && stored.moment().kind() != Kind.CHAPTER
          && span.startMs() < clip.endMs()
          && Math.max(span.endMs(), span.startMs() + 1) > clip.startMs()) {
        within.add(stored);
      }
    }
    return within;
  }
}
