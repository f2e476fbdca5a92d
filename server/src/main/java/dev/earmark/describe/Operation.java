package dev.earmark.describe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a route does, takes and answers: an operation of OpenAPI.
 *
 * <p>Filled in where the route is added, by one thread; read when the API is described.
 */
public final class Operation {
  private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

  final String method;
  final String path;
  final List<Parameter> parameters = new ArrayList<>();
  final List<String> mediaTypes = new ArrayList<>();
  final Map<Integer, String> refusals = new LinkedHashMap<>();
  @Nullable String id;
  @Nullable String summary;
  @Nullable String standard;
  @Nullable Class<?> body;
  @Nullable Class<?> answer;
  @Nullable String answerDescription;
  boolean token;

  /**
   * An operation about which nothing is known yet.
   *
   * @param method such as {@code get}
   * @param path with its parameters in braces
   */
  public Operation(String method, String path) {
    this.method = method;
    this.path = path;
  }

  /** The name by which clients call it, such as {@code search}, and what it gives. */
  public Operation does(String name, String what) {
    id = name;
    summary = what;
    return this;
  }

  /** Parameters it takes, beside those before. */
  public Operation takes(Parameter... more) {
    return takes(Arrays.asList(more));
  }

  /** Parameters it takes, beside those before. */
  public Operation takes(Collection<Parameter> more) {
    parameters.addAll(more);
    return this;
  }

  /** It reads a body: a record as JSON. */
  public Operation receives(Class<?> type) {
    body = type;
    return this;
  }

  /** It answers with a record as JSON. */
  public Operation answers(Class<?> type, String what) {
    answer = type;
    answerDescription = what;
    return answersAs(what, "application/json");
  }

  /** It answers with something else than a record: a file of one of these media types. */
  public Operation answersAs(String what, String... types) {
    answerDescription = what;
    for (String type : types) {
      String bare = type.replaceAll(";.*", "");
      if (!mediaTypes.contains(bare)) {
        mediaTypes.add(bare);
      }
    }
    return this;
  }

  /** Where the standard that its answers keep can be read. */
  public Operation keeps(String address) {
    standard = address;
    return this;
  }

  /** A status it may refuse with, beside 400 and 404. */
  public Operation refuses(int status, String why) {
    refusals.put(status, why);
    return this;
  }

  /** Only the holder of the token may have it done. */
  public Operation needsToken() {
    token = true;
    return refuses(401, "The token is missing or wrong");
  }

  /** Its method, in small letters. */
  public String method() {
    return method;
  }

  /** Its path, with parameters in braces. */
  public String path() {
    return path;
  }

  /** The name by which clients call it. */
  public String name() {
    return String.valueOf(id);
  }

  /** What it gives. */
  public String summary() {
    return String.valueOf(summary);
  }

  public List<Parameter> parameters() {
    return List.copyOf(parameters);
  }

  /** The record it reads as JSON; null if it takes no body. */
  public @Nullable Class<?> body() {
    return body;
  }

  /** Whether only the holder of the token may have it done. */
  public boolean isGuarded() {
    return token;
  }

  /**
   * Its path with parameters filled in.
   *
   * @param values of the parameters of the path, as they are written in an address
   */
  public String path(Function<String, String> values) {
    return PLACE
        .matcher(path)
        .replaceAll(place -> Matcher.quoteReplacement(values.apply(place.group(1))));
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
