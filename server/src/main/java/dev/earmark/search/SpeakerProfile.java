package dev.earmark.search;

import dev.earmark.model.Episode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is heard: where, how long, and with which words.
 *
 * @param name as it is written
 * @param moments how many moments are theirs, quotations and all
 * @param words how many words they say
 * @param talkMs how long they talk in all, in milliseconds; null where no transcript of theirs has
 *     times
 * @param episodes where they are heard, newest first
 * @param typical words they say more than others do, the most telling first
 */
public record SpeakerProfile(
    String name,
    int moments,
    long words,
    @Nullable Long talkMs,
    List<Appearance> episodes,
    List<TypicalWord> typical) {

  /**
   * An episode somebody is heard in.
   *
   * @param moments how many moments of it are theirs
   * @param words how many words they say in it
   * @param talkMs how long they talk; null if that is not known
   */
  public record Appearance(Episode episode, int moments, long words, @Nullable Long talkMs) {}

  /**
   * A word somebody says more than others do.
   *
   * @param word as it is written, in small letters if it ever is
   * @param count how often they say it
   * @param elsewhere how often it stands in all else
   * @param score the log-likelihood ratio: how unlikely the difference is by chance; above 15.13 it
   *     is expected once in 10,000 words
   */
  public record TypicalWord(String word, long count, long elsewhere, double score) {}

  public SpeakerProfile {
    episodes = List.copyOf(episodes);
    typical = List.copyOf(typical);
  }
}
