/** One field of work: what people ask, and what their chats are called. */
export interface Topic {
  readonly titles: readonly string[];
  readonly prompts: readonly string[];
}

/** What a company asks an assistant about. `{n}` becomes a number, `{q}` a quarter, `{m}` a month. */
export const TOPICS: readonly Topic[] = [
  {
    titles: ['{q} budget variance', 'Budget notes for {m}', 'Cost centre {n} overview'],
    prompts: [
      'Explain the variance between plan and actual for cost centre {n} in {q}.',
      'Summarise the budget comments for {m} in five lines for the board.',
      'Which cost lines grew faster than revenue in {q}? Give me a table.',
    ],
  },
  {
    titles: ['Contract review: supplier {n}', 'Termination clause wording', 'NDA comparison'],
    prompts: [
      'Compare the liability clauses of these two supplier contracts and list the differences.',
      'Rewrite the termination clause so that both sides have a notice period of {n} days.',
      'Is a mutual NDA enough when we share customer data with a processor?',
    ],
  },
  {
    titles: ['Python script for CSV clean-up', 'Regex for invoice numbers', 'Fix failing unit test'],
    prompts: [
      'Write a Python script that removes duplicate rows from a CSV and keeps the newest.',
      'I need a regular expression for invoice numbers like INV-2026-{n}.',
      'This test fails with a time-out only in CI. What should I look at first?',
    ],
  },
  {
    titles: ['SQL: revenue by region', 'Slow query on orders', 'Index advice for reporting'],
    prompts: [
      'Write a SQL query that shows revenue by region and month for the last {n} months.',
      'Why is this query slow although there is an index on order_date?',
      'How would you model returns in our order schema?',
    ],
  },
  {
    titles: ['Reply to complaint {n}', 'Customer e-mail, polite tone', 'Apology for late delivery'],
    prompts: [
      'Draft a polite reply to a customer whose delivery is {n} days late.',
      'Make this e-mail shorter and friendlier.',
      'Translate the complaint into German and suggest an answer.',
    ],
  },
  {
    titles: ['Job ad: controller', 'Interview questions', 'Onboarding checklist'],
    prompts: [
      'Write a job advertisement for a controller with {n} years of experience.',
      'Give me ten interview questions about working with incomplete data.',
      'Turn this onboarding text into a checklist for the first two weeks.',
    ],
  },
  {
    titles: ['Campaign ideas for {m}', 'Newsletter subject lines', 'Product text, short version'],
    prompts: [
      'Give me {n} campaign ideas for {m}, each with one sentence and a channel.',
      'Write subject lines for our newsletter about the new service plan.',
      'Shorten the product text to 60 words without losing the numbers.',
    ],
  },
  {
    titles: ['Meeting minutes {m}', 'Action items from steering committee', 'Summary of workshop {n}'],
    prompts: [
      'Turn these notes into minutes with decisions and owners.',
      'List the open action items by owner and due date.',
      'Summarise the workshop in one page for people who were not there.',
    ],
  },
  {
    titles: ['Risk register update', 'Audit finding {n}', 'Control description for access reviews'],
    prompts: [
      'Describe the risk of a missing four-eyes check and propose a control.',
      'Answer audit finding {n}: what did we do, and how is it verified?',
      'Write a control description for the quarterly access review.',
    ],
  },
  {
    titles: ['Excel formula for rolling average', 'Pivot by product group', 'Power Query merge'],
    prompts: [
      'Which Excel formula gives a rolling average over {n} weeks and ignores blanks?',
      'How do I merge two tables in Power Query and keep unmatched rows?',
      'Explain SUMPRODUCT with an example from sales data.',
    ],
  },
  {
    titles: ['Travel policy question', 'Expense rules abroad', 'Visa for trip in {m}'],
    prompts: [
      'What does our travel policy say about hotels above {n} euros a night?',
      'Which receipts do I need for a trip abroad in {m}?',
      'Plan a two-day trip to Vienna with three customer visits.',
    ],
  },
  {
    titles: ['Forecast {q}, scenario B', 'Sensitivity of margin', 'Price increase letter'],
    prompts: [
      'Build a forecast for {q} with a growth of {n} percent and show the assumptions.',
      'How sensitive is the margin to energy prices?',
      'Write a letter that announces a price increase of {n} percent.',
    ],
  },
  {
    titles: ['Incident report {n}', 'Kubernetes pod restarts', 'Certificate renewal steps'],
    prompts: [
      'Write an incident report from this timeline, blameless and short.',
      'A pod restarts every {n} minutes with exit code 137. What does that mean?',
      'List the steps to renew the certificate of the internal gateway.',
    ],
  },
  {
    titles: ['Grant application draft', 'Sustainability report, chapter {n}', 'CO2 per shipment'],
    prompts: [
      'Draft the introduction of the sustainability report in a factual tone.',
      'How do we calculate the emissions of a shipment of {n} tonnes by rail?',
      'Which indicators are mandatory for a company of our size?',
    ],
  },
];

/** What a web search finds. */
export const PAGES: readonly { readonly url: string; readonly title: string }[] = [
  { url: 'https://www.example.org/reporting-rules', title: 'Reporting rules at a glance' },
  { url: 'https://news.example.com/energy-prices', title: 'Energy prices this quarter' },
  { url: 'https://docs.example.net/power-query', title: 'How to merge tables' },
  { url: 'https://www.example.com/travel/visa', title: 'Who needs a visa' },
  { url: 'https://wiki.example.org/exit-codes', title: 'What exit codes mean' },
];

/** Functions that models may call, with a call of each. */
export const TOOLS: readonly {
  readonly toolkit: string;
  readonly name: string;
  readonly arguments: string;
  readonly result: string;
}[] = [
  { toolkit: 'erp', name: 'find_orders', arguments: '{"status":"open"}', result: '{"orders":12}' },
  { toolkit: 'erp', name: 'cost_centre_report', arguments: '{"year":2026}', result: '{"variance":-3.4}' },
  { toolkit: 'calendar', name: 'free_slots', arguments: '{"days":5}', result: '{"slots":["Tue 10:00"]}' },
  { toolkit: 'calculator', name: 'evaluate', arguments: '{"formula":"1200*0.19"}', result: '228' },
];

export const FOLLOW_UPS: readonly string[] = [
  'Can you make that shorter?',
  'Please give me the same as a table.',
  'What would change if the deadline moved by two weeks?',
  'Add an example with numbers.',
  'Explain the second point in simpler words.',
  'Which sources is that based on?',
  'Write it in a more formal tone.',
  'And the same for the other region?',
  'Is there a risk that I have not mentioned?',
  'Turn that into an e-mail to my manager.',
  'Thanks. Now in English and German, please.',
  'Check that against the numbers above.',
];

export const SENTENCES: readonly string[] = [
  'The main driver is volume; price explains less than a third of the change.',
  'I would separate one-off effects from the running cost before comparing the months.',
  'The wording leaves open who bears the cost of a delay, so I suggest naming the party.',
  'For a reliable answer the figures of the last two quarters are needed as well.',
  'A short summary at the top helps readers who only have a minute.',
  'The second option is cheaper in the first year and more expensive after that.',
  'Please check the dates: two of the entries lie before the start of the contract.',
  'This can be automated with a small script that runs once a day.',
  'The policy allows an exception when the manager approves it in writing.',
  'An index on both columns would let the database skip the sort.',
  'The test waits for a timer; replacing it with a fake clock makes it stable.',
  'Compared with the previous period the share of repeat customers rose slightly.',
  'If you have a list of owners, I can add a column with the due dates.',
  'The tone is friendly and direct, and the apology comes in the first sentence.',
  'There are three assumptions behind this number, and the first one matters most.',
  'The table below shows the result by region, largest first.',
  'A pilot with one team would show within four weeks whether the effort pays off.',
  'Keep the original file, because the clean-up cannot be undone.',
  'The regulation names this case explicitly, so no further approval is needed.',
  'As a next step I suggest a meeting of thirty minutes with finance and legal.',
];

export const BULLETS: readonly string[] = [
  'Agree on one owner for each open point',
  'Compare plan and actual for the last three months',
  'Ask the supplier for a written confirmation',
  'Remove personal data before sharing the file',
  'Run the report again after the month is closed',
  'Document the decision in the minutes',
];

export const FIRST_NAMES: readonly string[] = [
  'Anna',
  'Ben',
  'Clara',
  'David',
  'Elif',
  'Felix',
  'Greta',
  'Hannes',
  'Ines',
  'Jonas',
  'Katja',
  'Lukas',
  'Mara',
  'Nils',
  'Olivia',
  'Paul',
  'Quirin',
  'Rosa',
  'Samir',
  'Tessa',
  'Umut',
  'Vera',
  'Willem',
  'Xenia',
  'Yusuf',
  'Zoe',
  'Aisha',
  'Björn',
  'Chloé',
  'Dario',
  'Emre',
  'Fiona',
];

export const LAST_NAMES: readonly string[] = [
  'Albrecht',
  'Becker',
  'Carlsen',
  'Demir',
  'Eriksson',
  'Fischer',
  'García',
  'Hoffmann',
  'Ivanova',
  'Jansen',
  'Kowalska',
  'Lindqvist',
  'Müller',
  'Novák',
  "O'Neill",
  'Petrov',
  'Quist',
  'Rossi',
  'Schneider',
  'Tanaka',
  'Urban',
  'Vogel',
  'Weber',
  'Żak',
  'Nguyen',
  'Okafor',
  'Silva',
  'Singh',
  'Moreau',
];

export const TAGS: readonly string[] = ['finance', 'legal', 'code', 'writing', 'research', 'hr'];

export const FOLDER_NAMES: readonly string[] = ['Projects', 'Month end', 'Ideas', 'Customers'];

export const MONTHS: readonly string[] = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
