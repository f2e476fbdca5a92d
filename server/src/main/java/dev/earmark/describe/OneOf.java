package dev.earmark.describe;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The values that a text in an answer can have: the ids of an enum's constants. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface OneOf {
  /** An enum whose constants have a method {@code id()}. */
  Class<? extends Enum<?>> value();
}
