package cn.ganye.server.access;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The roles that may call an endpoint. Each endpoint of the API carries one; without it nobody is
 * let through.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Allowed {
  /** Offices with people of their own to look after. */
  Role[] value() default {Role.PROVINCE, Role.CITY, Role.COUNTY, Role.TOWNSHIP, Role.VILLAGE};

  /** Whether analysts and administrators may too: figures, nothing of one person. */
  boolean figures() default false;

  /** Whether anybody may call it, signed in or not. */
  boolean anybody() default false;

  /** Whether every account may, whatever its role, even before its first password is changed. */
  boolean everyAccount() default false;
}
