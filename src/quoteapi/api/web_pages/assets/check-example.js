/** The example: a draft with every kind of mistake, and two sources; people and places are invented. */

export const draft = {
  format: "text",
  text: `Night ferry to Skarvik stays, but on a shorter leash

HALDEN BAY — The island’s council voted 9–6 on Monday to keep the night ferry sailing. “Nobody moves to an island that closes at six,” said Council Leader Ingrid Solheim. “We will raise the fares next winter,” she added.

“We are grateful … but gratitude does not buy diesel,” said Marcus Adeyemi, chief executive of Bayline, the operator. He put its losses at “nearly four million crowns a year” and called the contract “a bridge, not a destination”.

Opponents were not persuaded. “This is a subsidy for empty seats,” said Yusuf Karam, the island’s doctor. “Fewer than 30 people use the late boat, and the council has not read the accounts,” said Tove Brandt, head of the Island Taxpayers.

“The council has read every line of the accounts on this boat,” Solheim told reporters.
`,
};

export const sources = [
  {
    name: "council.txt",
    format: "text",
    text: `INGRID SOLHEIM: Colleagues, we have talked about this boat since March. Nobody moves to an island that closes at six. So I ask you to pay half of its losses for eighteen months. We will not raise the fares next winter, and I want that in the minutes.

TOVE BRANDT: I have read the contract twice. This is a subsidy for empty seats. Fewer than 30 people use the late boat on most nights, and on some nights it is three.

YUSUF KARAM: My patient asked me whether they would come for us, and I had no answer. That was in February.

TOVE BRANDT: With respect to the doctor, that was one night. My point is money, and the council has not read the accounts.

INGRID SOLHEIM: Then let us vote. [applause]
`,
  },
  {
    name: "bayline.vtt",
    format: "vtt",
    text: `WEBVTT

00:00:04.000 --> 00:00:07.500
<v Marcus Adeyemi>Thank you all for coming.

00:00:07.500 --> 00:00:11.000
<v Marcus Adeyemi>We are grateful to the council, of course,
but gratitude does not buy diesel.

00:00:11.000 --> 00:00:15.200
<v Marcus Adeyemi>This line has lost us nearly
two million crowns a year.

00:00:15.200 --> 00:00:19.000
<v Reporter>And after the eighteen months?

00:00:19.000 --> 00:00:23.500
<v Marcus Adeyemi>The contract is a bridge, not a destination.
`,
  },
];
