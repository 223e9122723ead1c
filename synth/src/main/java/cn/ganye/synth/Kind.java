package cn.ganye.synth;

/** What somebody does in a month. {@link #basis} is the word that the answer key uses. */
enum Kind {
  FORMAL("formal", "EMPLOYED"),
  FLEXIBLE("flexible", "EMPLOYED"),
  FARMING("farming", "EMPLOYED"),
  LOCAL_INFORMAL("local-informal", "EMPLOYED"),
  IN_PROVINCE("in-province", "EMPLOYED"),
  OUT_OF_PROVINCE("out-of-province", "EMPLOYED"),
  SELF_EMPLOYED("self-employed", "EMPLOYED"),
  REGISTERED("registered-unemployed", "UNEMPLOYED"),
  STUDENT("student", "OUTSIDE_LABOUR_FORCE"),
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
}
