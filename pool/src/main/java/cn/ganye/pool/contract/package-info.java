/**
 * Contracts: what a sender's file must look like, written in YAML, read here with all faults at
 * once.
 */
@NullMarked
package cn.ganye.pool.contract;

import org.jspecify.annotations.NullMarked;
