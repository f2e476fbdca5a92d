package dev.earmark.corpus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is heard in one episode, as its own sources and manifests tell.
 *
 * @param show the show it is of; null if that is not known
 * @param members everybody with a name, however short
 */
public record Cast(@Nullable String show, List<Member> members) {
  public static final Cast NOBODY = new Cast(null, List.of());

  public Cast {
    members = List.copyOf(members);
  }

  /**
   * One of them.
   *
   * @param name the one spelling that the episode has after its own were joined
   * @param spellings every spelling of the sources
   * @param uses how many pieces of speech are theirs
   * @param given whether a manifest or the head of a source names them so
   * @param id what a manifest says that they are everywhere; null if it does not
   */
  public record Member(
      String name, List<String> spellings, int uses, boolean given, @Nullable String id) {
    public Member {
      spellings = List.copyOf(spellings);
    }
  }
}
