/**
 * Resident IDs and unit numbers become dense keys here; the numbers themselves stay in the vault.
 */
@NullMarked
package cn.ganye.pool.identity;

import org.jspecify.annotations.NullMarked;
