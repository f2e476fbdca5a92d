package dev.earmark.corpus;

import dev.earmark.model.Person;
import dev.earmark.text.Words;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everybody who is heard in an index: which names of its episodes are one person.
 *
 * <p>The names of one show are joined as {@link SpeakerNames} joins those of an episode: spellings
 * of one name are one, and a first name alone is the only one so called who is heard in the show
 * again and again. A name in two shows is two people, unless a manifest gives both the same {@code
 * id} or a {@code show.yaml} above both shows names them. What programs call somebody ("Speaker 1")
 * belongs to its recording. People who are apart and have one name get a value each: the name with
 * the show or the recording behind it.
 *
 * <p>The outcome depends on the casts alone, not on their order. Immutable and thread-safe.
 */
public final class People {
  /** The id of somebody whom a show.yaml above several shows names. */
  static final String EVERYWHERE = "*";

  /** Whoever is heard in one of so many episodes is called by their first name. */
  private static final int FEWEST_OF = 8;

  private final Map<String, Scope> scopes = new HashMap<>();

  /** For each name, as {@link SpeakerNames#key} has it, where somebody is called so. */
  private final Map<String, Set<String>> bearers = new HashMap<>();

  /** Episodes among which a name means one person. */
  private static final class Scope {
    private final Map<String, Integer> uses = new TreeMap<>();
    private final Set<String> given = new HashSet<>();
    private final Map<String, Set<String>> spellings = new HashMap<>();
    private final Set<String> episodes = new HashSet<>();
    private final Map<String, Integer> heardIn = new HashMap<>();
    private SpeakerNames names = SpeakerNames.of(Map.of(), List.of(), List.of());

    void add(String episode, Cast.Member member) {
      episodes.add(episode);
      heardIn.merge(SpeakerNames.key(member.name()), 1, Integer::sum);
      uses.merge(member.name(), member.uses(), Integer::sum);
      if (member.given()) {
        given.add(member.name());
      }
      spellings
          .computeIfAbsent(member.name(), name -> new LinkedHashSet<>())
          .addAll(member.spellings());
    }

    void join(boolean onePerson) {
      Map<String, String> same = new HashMap<>();
      if (onePerson) {
        String shown = SpeakerNames.most(uses, given);
        uses.keySet().forEach(name -> same.put(name, shown));
      }
      names = SpeakerNames.of(same, given, uses, this::isRegular);
    }

    /**
     * Whether somebody is heard so often that a first name alone means them: with many guests, some
     * have it too.
     */
    private boolean isRegular(String key) {
      return heardIn.getOrDefault(key, 0) * FEWEST_OF >= episodes.size();
    }

    /** All that a name and those joined with it are written as. */
    List<String> spellings(String shown) {
      Set<String> all = new LinkedHashSet<>();
      for (String name : names.spellings(shown)) {
        all.addAll(spellings.getOrDefault(name, Set.of(name)));
      }
      for (String name : List.copyOf(all)) {
        all.add(SpeakerNames.plain(name));
      }
      return List.copyOf(all);
    }
  }

  /**
   * The people of an index.
   *
   * @param casts those of its episodes, by their ids
   */
  public People(Map<String, Cast> casts) {
    new TreeMap<>(casts)
        .forEach((episode, cast) -> {
          for (Cast.Member member : cast.members()) {
            scopes
                .computeIfAbsent(scope(episode, cast, member), key -> new Scope())
                .add(episode, member);
          }
        });
    scopes.forEach((key, scope) -> {
      scope.join(key.startsWith("#"));
      for (String name : scope.uses.keySet()) {
        String shown = String.valueOf(scope.names.of(name));
        bearers.computeIfAbsent(SpeakerNames.key(shown), of -> new HashSet<>()).add(key);
      }
    });
  }

  private static String scope(String episode, Cast cast, Cast.Member member) {
    String id = member.id();
    if (id != null) {
      return id.equals(EVERYWHERE) ? "*" + SpeakerNames.key(member.name()) : "#" + id;
    }
    if (SpeakerNames.isLabel(member.name())) {
      return "@" + episode;
    }
    return cast.show() == null ? "" : "=" + Words.fold(cast.show());
  }

  /** Who is meant by the names of an episode, which need not be one of those given before. */
  public Map<String, Person> in(String episode, Cast cast) {
    Map<String, Person> people = new LinkedHashMap<>();
    for (Cast.Member member : cast.members()) {
      String key = scope(episode, cast, member);
      Scope scope = scopes.get(key);
      boolean known = scope != null && scope.uses.containsKey(member.name());
      String shown =
          scope != null && known ? String.valueOf(scope.names.of(member.name())) : member.name();
      List<String> spellings = scope != null && known ? scope.spellings(shown) : member.spellings();
      Set<String> others = bearers.getOrDefault(SpeakerNames.key(shown), Set.of());
      boolean alone = others.stream().allMatch(key::equals);
      String behind = alone ? null : behind(key, episode, cast);
      String value = behind == null ? shown : shown + " (" + behind + ")";
      people.put(member.name(), new Person(shown, value, spellings));
    }
    return people;
  }

  private static @Nullable String behind(String scope, String episode, Cast cast) {
    return switch (scope.isEmpty() ? ' ' : scope.charAt(0)) {
      case '@' -> episode;
      case '=' -> cast.show();
      case ' ' -> "no show";
      default -> null;
    };
  }
}
