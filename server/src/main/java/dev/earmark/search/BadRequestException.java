package dev.earmark.search;

/**
 * A request that cannot be answered as it is. The message names the parameter and what is right.
 */
public final class BadRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String parameter;

  public BadRequestException(String parameter, String message) {
    super(message);
    this.parameter = parameter;
  }

  /** That a cursor belongs to another search, or to none. */
  public static BadRequestException cursor(String text) {
    String shown = text.length() <= 40 ? text : text.substring(0, 37) + "…";
    return new BadRequestException(
        "cursor",
        "\""
            + shown
            + "\" is not a cursor of this search; leave cursor out to begin with the first page");
  }

  /** That a cursor is of a snapshot that is gone. */
  public static BadRequestException expiredCursor() {
    return new BadRequestException(
        "cursor", "this cursor has expired; leave cursor out to begin with the first page");
  }

  /** The parameter at fault. */
  public String parameter() {
    return parameter;
  }
}
