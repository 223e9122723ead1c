package cn.ganye.synth;

/** What somebody does in a month. {@link #basis} is the word that the answer key uses. */
enum Kind {
  FORMAL("formal", "EMPLOYED"),
  DISPATCHED("dispatched", "EMPLOYED"),
  FLEXIBLE("flexible", "EMPLOYED"),
  FARMING("farming", "EMPLOYED"),
  LOCAL_INFORMAL("local-informal", "EMPLOYED"),
  IN_PROVINCE("in-province", "EMPLOYED"),
  OUT_OF_PROVINCE("out-of-province", "EMPLOYED"),
  SELF_EMPLOYED("self-employed", "EMPLOYED"),
  WELFARE_URBAN("welfare-post-urban", "EMPLOYED"),
  WELFARE_RURAL("welfare-post-rural", "EMPLOYED"),
  TRAINEE("trainee", "EMPLOYED"),
  BENEFIT("on-benefit", "UNEMPLOYED"),
  REGISTERED("registered-unemployed", "UNEMPLOYED"),
  STUDENT("student", "OUTSIDE_LABOUR_FORCE"),
  IN_SERVICE("in-service", "OUTSIDE_LABOUR_FORCE"),
  IN_PRISON("in-prison", "OUTSIDE_LABOUR_FORCE"),
  RETIRED("retired", "OUTSIDE_LABOUR_FORCE"),
  UNABLE("unable", "OUTSIDE_LABOUR_FORCE"),
  CHILD("child", "OUTSIDE_LABOUR_FORCE"),
  OTHER("unknown", "UNKNOWN");

  final String basis;
  final String status;

  Kind(String basis, String status) {
    this.basis = basis;
    this.status = status;
  }

  /** Whether a unit insures the person. */
  boolean isJob() {
    return this == FORMAL || this == DISPATCHED;
  }

  /** Whether the person is in the register of the unemployed. */
  boolean isRegistered() {
    return this == BENEFIT || this == REGISTERED;
  }

  /**
   * Whether it is what a village writes down: it changes at Spring Festival, when people come and
   * go.
   */
  boolean isVillageWork() {
    return this == FARMING
        || this == LOCAL_INFORMAL
        || this == IN_PROVINCE
        || this == OUT_OF_PROVINCE;
  }
}
