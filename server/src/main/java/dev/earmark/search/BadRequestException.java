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

  /** The parameter at fault. */
  public String parameter() {
    return parameter;
  }
}
